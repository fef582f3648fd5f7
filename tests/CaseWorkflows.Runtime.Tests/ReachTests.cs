using System.Text.Json.Nodes;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>A trial reaches itself, a region reaches itself; whatever a routine can do to another.</summary>
public sealed class ReachTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DefinitionChange Change = new("test", "Test", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task S_4_an_event_reaches_its_own_trial_or_its_own_region_and_nothing_else()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        await SaveAsync(host, DefinitionFiles.Shared, Flow.Durable("listens", "Ropet"), Flow.Chart("calls", Shout("Ropet")), Flow.Chart("calls-some", Shout("Ropet", "k1")));
        var random = new Random(4);
        var worlds = new List<(string Region, Guid? Root, string? Correlation)>();
        foreach (var region in new[] { "VGR", "RG", "RÖ" })
        {
            foreach (var root in new Guid?[] { null, Guid.CreateVersion7(), Guid.CreateVersion7() })
                foreach (var correlation in new[] { null, "k1", "k2" }) worlds.Add((region, root, correlation));
        }

        for (var round = 0; round < 12; round++)
        {
            var listeners = new List<(Guid Id, (string Region, Guid? Root, string? Correlation) World)>();
            foreach (var world in worlds) listeners.Add(((await StartAsync(host, "listens", world)).InstanceId, world));
            var from = worlds[random.Next(worlds.Count)];
            var only = random.Next(2) == 0 ? null : "k1";

            await StartAsync(host, only is null ? "calls" : "calls-some", from);

            foreach (var (id, to) in listeners)
            {
                // Slow and plain: the same region, the same trial or none, and the correlation where one is named.
                var reached = from.Region == to.Region && from.Root == to.Root && (only is null || to.Correlation == only);
                var state = (await host.FindAsync(id)).Summary.Status;
                state.Should().Be(reached ? WorkflowStatus.Finished : WorkflowStatus.Running, $"{from} calls {only ?? "all"}, {to} listens");
                if (!reached) await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = id });
            }
        }
    }

    [Fact]
    public async Task S_4_what_an_event_starts_belongs_to_the_trial_and_is_the_regions_own_or_shared()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        await SaveAsync(host, "VGR", Flow.Chart("starts-vgr", Flow.Event("e", "Börja", starts: true), Flow.Event("w", "Sedan")), Flow.Chart("begin", Shout("Börja")));
        await SaveAsync(host, "RG", Flow.Chart("starts-rg", Flow.Event("e", "Börja", starts: true), Flow.Event("w", "Sedan")));
        await SaveAsync(host, DefinitionFiles.Shared, Flow.Chart("starts-shared", Flow.Event("e", "Börja", starts: true), Flow.Event("w", "Sedan")));

        var trial = await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "begin", Region = "VGR", Trial = true });
        await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "begin", Region = "VGR" });
        await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Börja", Region = "RG" });

        var rows = new List<(string, string, bool, bool)>();
        await using (var command = host.Data.CreateCommand("SELECT definition_id, region, trial, trial_root IS NOT DISTINCT FROM $1 FROM instance WHERE definition_id LIKE 'starts-%'"))
        {
            command.Parameters.Add(new() { Value = trial.InstanceId });
            await using var r = await command.ExecuteReaderAsync();
            while (await r.ReadAsync()) rows.Add((r.GetString(0), r.GetString(1), r.GetBoolean(2), r.GetBoolean(3)));
        }

        rows.Should().BeEquivalentTo([
            ("starts-vgr", "VGR", true, true), ("starts-shared", "VGR", true, true),
            ("starts-vgr", "VGR", false, false), ("starts-shared", "VGR", false, false),
            ("starts-rg", "RG", false, false), ("starts-shared", "RG", false, false),
        ]);
    }

    [Fact]
    public async Task S_4_an_event_from_outside_wakes_no_trial_but_the_one_that_is_named()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        await SaveAsync(host, DefinitionFiles.Shared, Flow.Durable("listens-too", "Utifrån"));
        var caseId = Guid.CreateVersion7();
        var trial = await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "listens-too", Region = "VGR", Trial = true, CorrelationId = "k", CaseId = caseId });
        await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Utifrån", CorrelationId = "k" });
        await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Utifrån", CorrelationId = "k", Trial = true, CaseId = Guid.CreateVersion7() });
        (await host.FindAsync(trial.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Running);
        await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Utifrån", CorrelationId = "k", Trial = true, CaseId = caseId });
        (await host.FindAsync(trial.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Finished);
    }

    [Theory]
    [InlineData("Elsa.ExecuteWorkflow")]
    [InlineData("Elsa.DispatchWorkflow")]
    [InlineData("Elsa.BulkDispatchWorkflows")]
    public async Task S_10_another_regions_routine_is_no_child_however_it_is_started(string type)
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        var id = type[5..].ToLowerInvariant();
        await SaveAsync(host, "RG", Flow.Chart("rg-" + id, Flow.Step("Elsa.Start", "start"), Flow.Step("Elsa.End", "end")));
        await SaveAsync(host, DefinitionFiles.Shared, Flow.Chart("shared-" + id, Flow.Step("Elsa.Start", "start"), Flow.Step("Elsa.End", "end")));
        await SaveAsync(host, "VGR", Starting("vgr-" + id, type, "rg-" + id), Starting("vgr-own-" + id, type, "shared-" + id));

        foreach (var isTrial in new[] { false, true })
        {
            var refused = await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "vgr-" + id, Region = "VGR", Trial = isTrial });
            (await host.Instances.IncidentsAsync(refused.InstanceId, true)).Single().Message.Should().Be($"Arbetsflödet \"rg-{id}\" finns inte eller är inte publicerat.");
            var started = await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "vgr-own-" + id, Region = "VGR", Trial = isTrial });
            var child = (await host.Instances.ListAsync(new InstanceFilter { ParentId = started.InstanceId, Trial = null }, InstanceOrder.NewestFirst, 0, 10)).Items.Single();
            child.Should().BeEquivalentTo(new { Region = "VGR", Trial = isTrial });
        }

        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id = $1", "rg-" + id)).Should().Be(0);
    }

    [Fact]
    public async Task S_10_a_step_that_is_another_regions_routine_is_as_one_that_is_not_there()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        var part = Flow.Chart("rg-del", Flow.Step("Elsa.Start", "start"), Flow.Step("Elsa.End", "end"));
        part["options"] = new JsonObject { ["usableAsActivity"] = true };
        await SaveAsync(host, "RG", part);
        var whole = Flow.Chart("vgr-hel", Flow.Step("RgDel", "del", s => s["workflowDefinitionId"] = "rg-del"));
        await host.Get<IDefinitionStore>().SaveAsync(new SaveDraft { DefinitionId = "vgr-hel", Document = whole, Region = "VGR", Change = Change, Force = true }, default);
        var publish = () => host.Get<IDefinitionStore>().PublishAsync("vgr-hel", Change, default);
        await publish.Should().ThrowAsync<Engine.Definitions.DefinitionException>();
    }

    [Fact]
    public async Task S_7_a_run_in_earnest_is_listed_under_what_its_start_called_it()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        var name = Flow.Step("Elsa.SetName", "name", s => s["value"] = Flow.Literal("String", "Uträknat"));
        await SaveAsync(host, DefinitionFiles.Shared, Flow.Chart("names", name), Flow.Chart("names-later", Flow.Event("w", "Nu"), (JsonObject)name.DeepClone()));
        var withCase = await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "names", Region = "VGR", CaseId = Guid.CreateVersion7(), Name = "Ärende 1" });
        (await host.FindAsync(withCase.InstanceId)).Summary.Name.Should().Be("Ärende 1");
        var plain = await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "names", Region = "VGR" });
        (await host.FindAsync(plain.InstanceId)).Summary.Name.Should().Be("Uträknat");
        var later = await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "names-later", Region = "VGR", Name = "Början" });
        await host.ResumeAsync(later);
        (await host.FindAsync(later.InstanceId)).Summary.Name.Should().Be("Början");
        var trial = await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "names", Region = "VGR", Trial = true, CaseId = Guid.CreateVersion7(), Name = "Prov" });
        (await host.FindAsync(trial.InstanceId)).Summary.Name.Should().Be("Uträknat");
    }

    private static JsonObject Shout(string name, string? correlation = null) => Flow.Step("Elsa.PublishEvent", "shout", s =>
    {
        s["eventName"] = Flow.Literal("String", name);
        if (correlation is not null) s["correlationId"] = Flow.Literal("String", correlation);
    });

    private static JsonObject Starting(string id, string type, string child) => Flow.Chart(id, Flow.Step(type, "call", s =>
    {
        s["workflowDefinitionId"] = Flow.Literal("String", child);
        s["items"] = Flow.Literal("Object", new object[] { 1 });
        s["waitForCompletion"] = Flow.Literal("Boolean", true);
    }));

    private static Task<BurstOutcome> StartAsync(RuntimeHost host, string definitionId, (string Region, Guid? Root, string? Correlation) world) => host.Runtime.StartAsync(
        new StartWorkflow { DefinitionId = definitionId, Region = world.Region, Trial = world.Root is not null, TrialRoot = world.Root, CorrelationId = world.Correlation });

    private static async Task SaveAsync(RuntimeHost host, string region, params JsonObject[] definitions)
    {
        var store = host.Get<IDefinitionStore>();
        foreach (var d in definitions)
        {
            await store.SaveAsync(new SaveDraft { DefinitionId = (string)d["definitionId"]!, Document = d, Region = region, Change = Change, Force = true }, default);
            await store.PublishAsync((string)d["definitionId"]!, Change, default);
        }
    }
}
