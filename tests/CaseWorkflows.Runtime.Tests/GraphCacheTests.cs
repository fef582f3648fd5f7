using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>Compiled routines stand in memory, as many as fit: not every trial that anybody has ever run.</summary>
public sealed class GraphCacheTests : IDisposable
{
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task F_10_what_is_kept_compiled_has_a_bound_and_what_is_not_kept_is_compiled_anew()
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        var ids = Enumerable.Range(0, 60).Select(i => $"routine-{i}").ToList();
        foreach (var id in ids) await host.PublishAsync(Flow.Chart(id, Flow.Step("Elsa.Start", "start"), Flow.Step("Elsa.End", "end")));
        var one = (await host.Get<IDefinitionStore>().FindAsync(ids[0], VersionOptions.Published, default))!.Json.Length;
        using var cache = new GraphCache(host.Data, host.Get<ActivityRegistry>(), new GraphCacheOptions { MostCharacters = one * 10 });

        for (var turn = 0; turn < 3; turn++)
        {
            foreach (var id in ids)
                (await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await cache.FindPublishedAsync(id, default)))).Should().OnlyContain(g => g!.Definition.DefinitionId == id);
            cache.Count.Should().BeInRange(1, 11);
        }
    }

    public void Dispose() => _database.Dispose();
}
