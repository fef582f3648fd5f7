using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Elsa;

/// <summary>Our answers beside a real Elsa server's, request by request; every difference is on one list with its reason.</summary>
public sealed class FixtureTests(StudioApiHost host, Xunit.Abstractions.ITestOutputHelper output) : IClassFixture<StudioApiHost>
{
    [ElsaFact]
    public async Task Every_observed_answer_in_scope_has_the_shape_of_ours()
    {
        var replay = new FixtureReplay(host.As("automatik"));
        var skipped = new List<string>();
        foreach (var fixture in ElsaReference.Read("fixtures", "index.json").AsArray())
        {
            var name = fixture!["name"]!.GetValue<string>();
            if (KnownDifferences.OutOfScope(name) is { } reason) skipped.Add($"{name}: {reason}");
            else await replay.RunAsync(name);
        }

        foreach (var line in skipped) output.WriteLine($"out of scope: {line}");
        var unexplained = replay.Differences.Where(d => KnownDifferences.ReasonOf(d) is null).Distinct().ToList();
        foreach (var line in unexplained) output.WriteLine($"UNEXPLAINED {line}");
        unexplained.Should().BeEmpty();
        KnownDifferences.All.Where(k => !replay.Differences.Any(d => k.Matches(d))).Select(k => k.Pattern).Should().BeEmpty("a reason without a difference is not needed any more");
    }
}
