using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Files;
using CaseWorkflows.StudioApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>Files that are no routines, or cannot be kept as such, in the folder that an empty database begins with.</summary>
public sealed class BadFilesTests(StudioApiHost host) : IClassFixture<StudioApiHost>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seed");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task No_file_keeps_a_host_from_starting_and_the_check_names_each()
    {
        Write("bra2", Routines.Line("bra2", "Bra"));
        Write("c-samma", Routines.Line("samma", "Först"));
        Write("d-samma", Routines.Line("samma", "Sedan"));
        Write("id", Routines.Line("../../x", "Id"));
        var deep = Routines.Step("innerst", "Elsa.Sequence");
        for (var i = 0; i < 90; i++) deep = new JsonObject { ["id"] = $"s{i}", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray(deep) };
        File.WriteAllText(Path.Combine(_folder.FullName, "djup.json"),
            new JsonObject { ["definitionId"] = "djup", ["name"] = "Djup", ["root"] = deep }.ToJsonString(new System.Text.Json.JsonSerializerOptions { MaxDepth = 512 }));
        File.WriteAllText(Path.Combine(_folder.FullName, "lista.json"), """[{"definitionId": 1}]""");
        File.WriteAllText(Path.Combine(_folder.FullName, "slag.json"), """{"definitionId": ["x"], "name": 7, "root": {"id": {}, "type": [], "activities": "x"}}""");

        var seeded = await host.Services.GetRequiredService<RoutineSeeding>().RunAsync(_folder.FullName, DateTimeOffset.UtcNow, default);

        seeded.Published.Should().Be(2);
        seeded.Refused.Select(f => Path.GetFileName(f.Path)).Should().BeEquivalentTo("d-samma.json", "id.json", "djup.json", "lista.json", "slag.json");
        seeded.Refused.Single(f => f.Path.EndsWith("d-samma.json", StringComparison.Ordinal)).Findings.Single().Message.Should().Contain("c-samma.json");
        seeded.Refused.Single(f => f.Path.EndsWith("id.json", StringComparison.Ordinal)).Findings.Single().Message.Should().Contain("snedstreck");
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        (await store.FindAsync("samma", VersionOptions.Published, default))!.Version.Name.Should().Be("Först");
        (await WorkflowFilesCheck.RunAsync(Path.Combine(_folder.FullName, "finns-inte"), Gate.Registry)).Single().Findings.Single().Message.Should().Contain("Det finns ingen sådan fil");
    }

    private void Write(string name, JsonObject model) => File.WriteAllText(Path.Combine(_folder.FullName, name + ".json"), StableForm.Write(model));
}
