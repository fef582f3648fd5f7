using System.Text.Json.Nodes;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>Routines that would never come to rest, made so that publishing cannot see it: every call answers, and an operator is told (F-10).</summary>
public sealed class RunawayTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Eight = new(2026, 4, 2, 6, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("nothing", "Elsa.Delay", "timeSpan", "\"00:00:00\"")]
    [InlineData("negative", "Elsa.Delay", "timeSpan", "\"-01:00:00\"")]
    [InlineData("timer", "Elsa.Timer", "interval", "\"00:00:00\"")]
    public async Task F_10_a_wait_that_is_over_at_once_in_a_loop_is_stopped(string name, string type, string input, string script)
    {
        await using var host = await HostAsync();
        await host.PublishAsync(Loop($"loop-{name}", Waiting(type, input, script)));

        var started = await host.StartAsync($"loop-{name}").WaitAsync(Soon);

        var incident = (await host.Instances.IncidentsAsync(started.InstanceId, true)).Single();
        incident.Message.Should().StartWith("Rutinen gick runt 40 varv utan att någon tid gick");
        (await host.FindAsync(started.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Running);
        await host.Clock.AdvanceAsync(await NowAsync(host) + TimeSpan.FromDays(1)).WaitAsync(Soon);
        (await host.Instances.IncidentsAsync(started.InstanceId, true)).Should().ContainSingle();

        // An operator may let it go on, and it comes to the same.
        await host.Runtime.RetryIncidentAsync(Resolve(incident.Id)).WaitAsync(Soon);
        (await host.Instances.IncidentsAsync(started.InstanceId, true)).Should().ContainSingle().Which.Id.Should().NotBe(incident.Id);
        await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = started.InstanceId });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(900)]
    public async Task F_10_moving_the_clock_over_a_loop_answers(int milliseconds)
    {
        await using var host = await HostAsync();
        await host.PublishAsync(Flow.Definition($"clock-{milliseconds}", Sequence(
            Flow.Delay("first", TimeSpan.FromHours(1)), While(Waiting("Elsa.Delay", "timeSpan", $"\"{TimeSpan.FromMilliseconds(milliseconds):c}\"")))));
        var started = await host.StartAsync($"clock-{milliseconds}");
        var to = await NowAsync(host) + TimeSpan.FromDays(30);

        await host.Clock.AdvanceAsync(to).WaitAsync(Soon);

        (await NowAsync(host)).Should().Be(to);
        (await host.Instances.IncidentsAsync(started.InstanceId, true)).Should().ContainSingle();
        await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = started.InstanceId });
    }

    [Fact]
    public async Task F_10_a_loop_in_which_time_passes_goes_on()
    {
        await using var host = await HostAsync();
        await host.PublishAsync(Loop("patient", Flow.Delay("wait", TimeSpan.FromMinutes(1))));
        var started = await host.StartAsync("patient");

        await host.Clock.AdvanceAsync(await NowAsync(host) + TimeSpan.FromHours(2));

        (await host.FindAsync(started.InstanceId)).Summary.IncidentCount.Should().Be(0);
        (await host.ScalarAsync<int>("SELECT revision FROM instance WHERE id = $1", started.InstanceId)).Should().BeGreaterThan(100);
        await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = started.InstanceId });
    }

    [Theory]
    [InlineData("Elsa.ExecuteWorkflow", true)]
    [InlineData("Elsa.ExecuteWorkflow", false)]
    [InlineData("Elsa.DispatchWorkflow", true)]
    [InlineData("Elsa.DispatchWorkflow", false)]
    [InlineData("Elsa.BulkDispatchWorkflows", true)]
    public async Task F_10_a_routine_that_starts_itself_is_stopped_at_a_depth(string type, bool waits)
    {
        var id = $"self-{type[5..]}-{waits}";
        await using var host = await HostAsync();
        await host.PublishAsync(Flow.Chart(id, Starting(type, "go", id, waits), Flow.Step("Elsa.End", "end")));

        await host.StartAsync(id).WaitAsync(Soon);

        await OneDeepIncidentAsync(host, id, runs: 5);
    }

    [Fact]
    public async Task F_10_a_chain_of_starts_with_short_waits_is_stopped_and_a_series_over_days_is_not()
    {
        await using var host = await HostAsync();
        await host.PublishAsync(
            Flow.Chart("chain", Flow.Delay("wait", TimeSpan.FromSeconds(2)), Starting("Elsa.DispatchWorkflow", "go", "chain", false), Flow.Step("Elsa.End", "end")),
            Flow.Chart("series", Flow.Delay("wait", TimeSpan.FromDays(1)), Starting("Elsa.DispatchWorkflow", "go", "series", false), Flow.Step("Elsa.End", "end")));
        await host.StartAsync("chain");
        await host.StartAsync("series");

        await host.Clock.AdvanceAsync(await NowAsync(host) + TimeSpan.FromDays(12.5)).WaitAsync(Soon);

        await OneDeepIncidentAsync(host, "chain", runs: 5);
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id = 'series'")).Should().Be(13);
        (await host.ScalarAsync<long>("SELECT count(*) FROM incident x JOIN instance i ON i.id = x.instance_id WHERE i.definition_id = 'series'")).Should().Be(0);
    }

    [Fact]
    public async Task F_10_routines_that_start_each_other_by_events_are_stopped_at_a_depth()
    {
        await using var host = await HostAsync();
        await host.PublishAsync(
            Flow.Chart("tick", Flow.Event("on", "Tick", starts: true), Publishing("say", "Tock"), Flow.Step("Elsa.End", "end")),
            Flow.Chart("tock", Flow.Event("on", "Tock", starts: true), Publishing("say", "Tick"), Flow.Step("Elsa.End", "end")));

        await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Tick", Region = "VGR" }).WaitAsync(Soon);

        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id IN ('tick', 'tock')")).Should().Be(5);
        (await host.ScalarAsync<string>("SELECT message FROM incident WHERE definition_id IN ('tick', 'tock')")).Should().StartWith("Rutinen startades inte: rutiner får starta varandra i högst 4 led");
    }

    [Fact]
    public async Task F_10_two_that_wake_each_other_for_ever_are_stopped()
    {
        await using var host = await HostAsync();
        await host.PublishAsync(
            Loop("ping", Flow.Event("on", "Ping"), Publishing("say", "Pong")),
            Loop("pong", Flow.Event("on", "Pong"), Publishing("say", "Ping")));
        var (ping, pong) = (await host.StartAsync("ping"), await host.StartAsync("pong"));

        await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Ping", Region = "VGR" }).WaitAsync(Soon);

        (await host.ScalarAsync<string>("SELECT message FROM incident WHERE resolved_at IS NULL AND item_kind = 3")).Should().StartWith("Rutinen gick runt 40 varv");
        foreach (var run in new[] { ping, pong }) await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = run.InstanceId });
    }

    [Fact]
    public async Task F_10_a_routine_that_starts_two_of_itself_comes_to_an_end()
    {
        await using var host = await HostAsync(o =>
        {
            o.MaxRunDepth = 100;
            o.MaxRuns = 60;
        });
        await host.PublishAsync(Flow.Chart("fork", Starting("Elsa.DispatchWorkflow", "a", "fork", false), Starting("Elsa.DispatchWorkflow", "b", "fork", false), Flow.Step("Elsa.End", "end")));

        await host.StartAsync("fork").WaitAsync(Soon);

        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id = 'fork'")).Should().Be(61);
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 4 AND failed_at IS NULL")).Should().Be(0);
        (await host.ScalarAsync<string>("SELECT min(x.message) FROM incident x JOIN instance i ON i.id = x.instance_id WHERE i.definition_id = 'fork'")).Should().Contain("för många rutiner på en gång");
    }

    [Fact]
    public async Task F_10_more_than_may_be_started_at_once_starts_none()
    {
        await using var host = await HostAsync(o => o.MaxRuns = 60);
        await host.PublishAsync(Flow.Chart("small", Flow.Step("Elsa.End", "end")), Flow.Chart("bulk", Starting("Elsa.BulkDispatchWorkflows", "go", "small", false, items: 61), Flow.Step("Elsa.End", "end")));

        var started = await host.StartAsync("bulk").WaitAsync(Soon);

        started.State!.SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id = 'small'")).Should().Be(0);
        (await host.Instances.IncidentsAsync(started.InstanceId, true)).Should().ContainSingle();
    }

    [Fact]
    public async Task F_10_an_unfinished_run_that_nothing_can_wake_is_an_incident_at_once()
    {
        await using var host = await HostAsync();
        await host.PublishAsync(Blocked("stuck"));

        var started = await host.StartAsync("stuck");

        var incident = (await host.Instances.IncidentsAsync(started.InstanceId, true)).Single();
        incident.Message.Should().StartWith("Rutinen har stannat: den väntar varken");
        var found = await host.FindAsync(started.InstanceId);
        found.Summary.SubStatus.Should().Be(WorkflowSubStatus.Suspended);
        found.Summary.IncidentCount.Should().Be(1);

        // Tried again it comes to the same; skipped it ends where it stands.
        await host.Runtime.RetryIncidentAsync(Resolve(incident.Id));
        var again = (await host.Instances.IncidentsAsync(started.InstanceId, true)).Should().ContainSingle().Which;
        again.Id.Should().NotBe(incident.Id);
        await host.Runtime.SkipIncidentAsync(Resolve(again.Id));
        found = await host.FindAsync(started.InstanceId);
        found.Summary.SubStatus.Should().Be(WorkflowSubStatus.Finished);
        found.Summary.IncidentCount.Should().Be(0);
        (await host.Get<IJournalVerifier>().VerifyAsync()).Problems.Should().BeEmpty();
    }

    [Fact]
    public async Task F_10_what_stands_still_can_be_cancelled_and_nobody_is_asked_any_more()
    {
        await using var host = await HostAsync();
        await host.PublishAsync(Blocked("cancelled-stuck"));
        var started = await host.StartAsync("cancelled-stuck");

        await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = started.InstanceId });

        (await host.Instances.IncidentsAsync(started.InstanceId, true)).Should().BeEmpty();
        (await host.FindAsync(started.InstanceId)).Summary.IncidentCount.Should().Be(0);
    }

    [Fact]
    public async Task F_10_a_routine_that_doubles_over_waits_comes_to_an_end_and_nothing_of_it_is_lost()
    {
        const string open = "SELECT x.id FROM incident x JOIN instance i ON i.id = x.instance_id WHERE i.definition_id = 'double' AND resolved_at IS NULL ORDER BY x.id LIMIT 1";
        using var own = new TestDatabase();
        Guid one;
        await using (var host = await HostAsync(Few, own))
        {
            await host.PublishAsync(Doubling("double", TimeSpan.FromSeconds(1)));
            await host.StartAsync("double");
            await AdvanceAsync(host, TimeSpan.FromMinutes(1));

            (await RunsAsync(host, "double")).Should().Be(61);
            (await host.ScalarAsync<string>("SELECT min(x.message) FROM incident x JOIN instance i ON i.id = x.instance_id WHERE i.definition_id = 'double'"))
                .Should().Be("Steget startade inget: det blev för många rutiner på en gång, högst 60 på 60 minuter får komma ur samma början. "
                    + "Startar ’double’ sig själv, kanske genom en annan? Rätta rutinen, eller försök igen när tiden har gått.");
            (await host.ScalarAsync<long>("SELECT count(DISTINCT coalesce(family_id, id)) FROM instance WHERE definition_id = 'double'")).Should().Be(1);
            one = await host.ScalarAsync<Guid>(open);
        }

        // A host that knows nothing of it yet: the count is in the database.
        await using var next = await HostAsync(Few, own);
        await next.Runtime.RetryIncidentAsync(Resolve(one));
        (await RunsAsync(next, "double")).Should().Be(61);

        await AdvanceAsync(next, TimeSpan.FromHours(1));
        one = await next.ScalarAsync<Guid>(open);
        await next.Runtime.RetryIncidentAsync(Resolve(one));
        (await RunsAsync(next, "double")).Should().BeInRange(62, 63, "its time is over");

        await AdvanceAsync(next, TimeSpan.FromHours(3));
        await next.Get<IEnumerable<IRecurringJob>>().Single(j => j.Name == "run-families").RunAsync(await NowAsync(next), CancellationToken.None);
        (await next.ScalarAsync<long>("SELECT count(*) FROM run_family")).Should().Be(0);
    }

    [Fact]
    public async Task F_10_a_routine_that_doubles_each_hour_grows_no_more_than_that()
    {
        using var own = new TestDatabase();
        await using var host = await HostAsync(Few, own);
        await host.PublishAsync(Doubling("hourly", TimeSpan.FromHours(1)));
        await host.StartAsync("hourly");

        await AdvanceAsync(host, TimeSpan.FromHours(9.5));

        (await host.ScalarAsync<long>("SELECT max(n) FROM (SELECT count(*) AS n FROM instance WHERE definition_id = 'hourly' GROUP BY created_at) x")).Should().Be(60);
    }

    [Fact]
    public async Task F_10_routines_that_double_by_events_with_waits_come_to_an_end()
    {
        using var own = new TestDatabase();
        await using var host = await HostAsync(Few, own);
        var wait = Flow.Delay("wait", TimeSpan.FromSeconds(1));
        await host.PublishAsync(
            Flow.Chart("call", Flow.Event("on", "Call", starts: true), wait, Publishing("a", "Answer"), Publishing("b", "Answer"), Flow.Step("Elsa.End", "end")),
            Flow.Chart("answer", Flow.Event("on", "Answer", starts: true), (JsonObject)wait.DeepClone(), Publishing("a", "Call"), Flow.Step("Elsa.End", "end")));

        await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Call", Region = "VGR" });
        await AdvanceAsync(host, TimeSpan.FromMinutes(1));

        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id IN ('call', 'answer')")).Should().Be(61);
        (await host.ScalarAsync<string>("SELECT min(message) FROM incident WHERE definition_id IN ('call', 'answer') AND item_kind = 4")).Should().Match(
            "Rutinen ’*’ startades inte: det blev för många rutiner på en gång, högst 60 på 60 minuter får komma ur samma början.*");

        // Another call from outside is a beginning of its own.
        await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Call", Region = "VGR" });
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id IN ('call', 'answer')")).Should().Be(62);
    }

    [Fact]
    public async Task F_10_a_run_of_before_families_were_counted_is_one_itself()
    {
        using var own = new TestDatabase();
        await using var host = await HostAsync(Few, own);
        await host.PublishAsync(Doubling("old", TimeSpan.FromSeconds(1)));
        await host.StartAsync("old");
        await AdvanceAsync(host, TimeSpan.FromSeconds(1.5));
        await host.ExecuteAsync("UPDATE instance SET family_id = NULL");

        await AdvanceAsync(host, TimeSpan.FromMinutes(1));

        (await RunsAsync(host, "old")).Should().Be(3 + (2 * 60));
    }

    [Fact]
    public async Task F_10_two_hosts_count_together()
    {
        using var own = new TestDatabase();
        await using var host = await RuntimeHost.StartAsync(own, Few);
        await using var other = await RuntimeHost.StartAsync(own, Few);
        await host.PublishAsync(Doubling("both", TimeSpan.FromMilliseconds(100)));

        await host.StartAsync("both");
        await RuntimeHost.EventuallyAsync(async () => await RunsAsync(host, "both") >= 61, "it has come to its limit");
        await RuntimeHost.EventuallyAsync(async () => await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind < 10") == 0, "both hosts are at rest");

        (await RunsAsync(host, "both")).Should().Be(61);
        (await host.ScalarAsync<int>("SELECT sum(runs)::int FROM run_family")).Should().Be(60);
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id = 'both' AND incident_count > 0")).Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task F_10_a_day_that_starts_the_next_goes_on_for_more_than_a_year()
    {
        using var own = new TestDatabase();
        await using var host = await HostAsync(o => o.MaxRuns = 2, own);
        await host.PublishAsync(Flow.Chart("daily", Flow.Delay("wait", TimeSpan.FromDays(1)), Starting("Elsa.DispatchWorkflow", "go", "daily", false), Flow.Step("Elsa.End", "end")));
        await host.StartAsync("daily");

        await host.Clock.AdvanceAsync(await NowAsync(host) + TimeSpan.FromDays(400.5));

        (await RunsAsync(host, "daily")).Should().Be(401);
        (await host.ScalarAsync<long>("SELECT count(*) FROM incident")).Should().Be(0);
        (await host.ScalarAsync<long>("SELECT count(DISTINCT coalesce(family_id, id)) FROM instance")).Should().Be(1);
        (await host.ScalarAsync<long>("SELECT count(*) FROM run_family")).Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task F_10_a_schedule_that_starts_more_and_more_comes_to_an_end_and_a_calm_one_goes_on()
    {
        const string incidents =
            "SELECT count(*) FROM incident x LEFT JOIN instance i ON i.id = x.instance_id WHERE resolved_at IS NULL AND coalesce(x.definition_id, i.definition_id) ";
        using var own = new TestDatabase();
        await using var host = await HostAsync(Few, own);
        var each = Starting("Elsa.DispatchWorkflow", "go", "one", false);
        await host.PublishAsync(Flow.Chart("one", Flow.Step("Elsa.End", "end")));
        await host.PublishAsync(Flow.Chart("eager", Every("00:00:01"), each, Flow.Step("Elsa.End", "end")));
        await host.PublishAsync(Flow.Chart("calm", Every("00:10:00"), each.DeepClone().AsObject(), Flow.Step("Elsa.End", "end")));

        await AdvanceAsync(host, TimeSpan.FromHours(4));

        (await RunsAsync(host, "eager")).Should().BeInRange(30, 31, "each has started one more");
        (await RunsAsync(host, "calm")).Should().Be(24);
        (await host.ScalarAsync<long>(incidents + "= 'eager'")).Should().BeInRange(1, 2);
        (await host.ScalarAsync<long>(incidents + "<> 'eager'")).Should().Be(0);
    }

    private static void Few(WorkflowRuntimeOptions o)
    {
        o.MaxRunDepth = 100;
        o.MaxRuns = 60;
    }

    private static JsonObject Every(string interval) => Flow.Step("Elsa.Timer", "each", s =>
    {
        s["interval"] = Flow.Literal("TimeSpan", interval);
        s["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
    });

    private static JsonObject Doubling(string id, TimeSpan wait) => Flow.Chart(
        id, Flow.Delay("wait", wait), Starting("Elsa.DispatchWorkflow", "a", id, false), Starting("Elsa.DispatchWorkflow", "b", id, false), Flow.Step("Elsa.End", "end"));

    private static Task<long> RunsAsync(RuntimeHost host, string id) => host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id = $1", id);

    private static async Task AdvanceAsync(RuntimeHost host, TimeSpan by) => await host.Clock.AdvanceAsync(await NowAsync(host) + by).WaitAsync(Soon);

    private Task<RuntimeHost> HostAsync(Action<WorkflowRuntimeOptions>? more = null, TestDatabase? own = null) => RuntimeHost.ManualAsync(own ?? database, Eight, options: o =>
    {
        o.MaxRunDepth = 4;
        o.MaxTurns = 40;
        more?.Invoke(o);
    });

    private static Task<DateTimeOffset> NowAsync(RuntimeHost host) => host.Get<IBusinessClock>().NowAsync().AsTask();

    private static async Task OneDeepIncidentAsync(RuntimeHost host, string id, int runs)
    {
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id = $1", id)).Should().Be(runs);
        (await host.ScalarAsync<long>("SELECT count(*) FROM incident x JOIN instance i ON i.id = x.instance_id WHERE i.definition_id = $1", id)).Should().Be(1);
        (await host.ScalarAsync<string>("SELECT x.message FROM incident x JOIN instance i ON i.id = x.instance_id WHERE i.definition_id = $1", id))
            .Should().StartWith("Steget startade inget: rutiner får starta varandra i högst 4 led");
    }

    private static ResolveIncident Resolve(Guid id) => new() { IncidentId = id, By = "prov", Reason = "Prov" };

    private static JsonObject Loop(string id, params JsonObject[] steps) => Flow.Definition(id, Sequence(While(steps)));

    private static JsonObject Sequence(params JsonObject[] steps) => Flow.Step("Elsa.Sequence", "sequence", s => s["activities"] = new JsonArray([.. steps]));

    private static JsonObject While(params JsonObject[] steps) => Flow.Step("Elsa.While", "while", s =>
    {
        s["condition"] = Script("Boolean", "2 > 1");
        s["body"] = Flow.Step("Elsa.Sequence", "body", b => b["activities"] = new JsonArray([.. steps]));
    });

    private static JsonObject Waiting(string type, string input, string script) => Flow.Step(type, "wait", s => s[input] = Script("TimeSpan", script));

    private static JsonObject Publishing(string id, string name) => Flow.Step("Elsa.PublishEvent", id, s => s["eventName"] = Script("String", $"\"{name}\""));

    private static JsonObject Starting(string type, string id, string routine, bool waits, int items = 1) => Flow.Step(type, id, s =>
    {
        s["workflowDefinitionId"] = Script("String", $"\"{routine}\"");
        s["waitForCompletion"] = Flow.Literal("Boolean", waits);
        if (type == "Elsa.BulkDispatchWorkflows") s["items"] = Script("Object", $"Array.from({{ length: {items} }}, (_, i) => i)");
    });

    /// <summary>In token mode a join that waits for a branch that dies.</summary>
    private static JsonObject Blocked(string id)
    {
        var definition = Flow.Chart(id, Flow.Step("Elsa.FlowFork", "fork", s => s["branches"] = Flow.Literal("Object", new[] { "A", "B" })));
        var flow = definition["root"]!;
        flow["customProperties"] = new JsonObject { ["flowMode"] = "Token" };
        foreach (var step in new[] { Flow.SetVariable("a", "Counter", 1), Flow.Step("Elsa.FlowDecision", "b", s => s["condition"] = Script("Boolean", "1 > 2")) }) flow["activities"]!.AsArray().Add(step);
        flow["activities"]!.AsArray().Add(Flow.Step("Elsa.FlowJoin", "join", s => s["mode"] = Flow.Literal("FlowJoinMode", "WaitAll")));
        foreach (var (from, port, to) in new[] { ("fork", "A", "a"), ("fork", "B", "b"), ("a", "Done", "join"), ("b", "True", "join") })
        {
            flow["connections"]!.AsArray().Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
            });
        }

        return definition;
    }

    private static JsonObject Script(string type, string script) =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } };
}
