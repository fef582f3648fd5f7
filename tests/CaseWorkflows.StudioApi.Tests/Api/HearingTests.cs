using System.Net;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>Who hears that something has happened: when a case's routine goes on is its writer's choice, so that the times could spell.</summary>
public sealed class HearingTests : RealCases
{
    [Fact]
    public async Task S_7_when_a_cases_run_goes_on_is_heard_near_the_case_alone()
    {
        var call = Routines.Step("ropa", "Elsa.PublishEvent");
        call["eventName"] = Routines.Literal("Hallå");
        await SaveAsync("VGR", Routines.Of("ropar", "Ropar", [Routines.Step("start", "Elsa.Start"), call], [Routines.Arrow("start", "Done", "ropa")]));
        var hears = Routines.Of("hor", "Hör", [Routines.Step("start", "Elsa.Start"), Routines.Event("hor", "Hallå"), Routines.Event("sen", "Aldrig")],
            [Routines.Arrow("start", "Done", "hor"), Routines.Arrow("hor", "Done", "sen")]);
        await SaveAsync("VGR", hears);
        var woken = (await Runtime.StartAsync(new StartWorkflow { DefinitionId = "hor", Region = "VGR" })).InstanceId;
        var caseId = await RegisterAsync("Hej");
        var (near, elsewhere) = (new[] { "onk1.mott.b", "onk2.mott", "onk.lokadm" },
            new[] { "bup.sekr", "rg.ssk", "agare", "revisor", "utvecklare", "integration" });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var streams = new List<(string User, StreamReader Lines)>();
        foreach (var user in near.Concat(elsewhere)) streams.Add((user, await ListenAsync(user)));

        await RunAsync(caseId, "ropar");
        (await CountAsync("SELECT count(*) FROM instance_origin WHERE instance_id = $1", woken)).Should().Be(1, "a run of no case was called by it");
        // What everybody hears ends what each has heard.
        Host.Services.GetRequiredService<IHostSignals>().Send(ChangeTopics.Reference);
        foreach (var (user, stream) in streams)
        {
            using var lines = stream;
            (await HeardAsync(lines)).Should().BeEquivalentTo(near.Contains(user) ? [ChangeTopics.Cases] : Array.Empty<string>(), user);
        }

        async Task<StreamReader> ListenAsync(string user)
        {
            var client = await SignInAsync(user);
            var answer = await client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, patience.Token);
            answer.StatusCode.Should().Be(HttpStatusCode.OK, user);
            var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
            // From its first line on it hears.
            (await lines.ReadLineAsync(patience.Token)).Should().StartWith("retry", user);
            return lines;
        }

        async Task<IReadOnlySet<string>> HeardAsync(StreamReader lines)
        {
            var heard = new HashSet<string>();
            while (await lines.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.Contains($"\"{ChangeTopics.Reference}\"", StringComparison.Ordinal)) return heard;
                heard.UnionWith(ChangeTopics.All.Where(t => line.Contains($"\"{t}\"", StringComparison.Ordinal)));
            }

            throw new InvalidOperationException("The stream has ended.");
        }
    }
}
