using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>A start trigger whose expression begins to throw is an incident of its own, and nothing else (F-10).</summary>
public sealed class TriggerFailureTests : IDisposable
{
    private static readonly DateTimeOffset Eight = new(2026, 4, 2, 6, 0, 0, TimeSpan.Zero);
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task F_10_the_others_are_planned_the_bad_one_keeps_its_start_and_an_operator_is_told_once()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Eight);
        await host.PublishAsync(Every("good", "\"1.00:00:00\""));
        await host.PublishAsync(Every("bad", $"Date.now() > {Eight.AddHours(6).ToUnixTimeMilliseconds()} && Date.now() < {Eight.AddHours(14).ToUnixTimeMilliseconds()} ? null.x : \"1.00:00:00\""));
        await host.Clock.AdvanceAsync(Eight.AddHours(12));
        await host.ScalarAsync<long>("WITH gone AS (DELETE FROM queue WHERE key LIKE 'good%' RETURNING 1) SELECT count(*) FROM gone");

        await host.Get<ITriggerSchedule>().RescheduleAsync();
        await host.Get<ITriggerSchedule>().RescheduleAsync();

        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE key LIKE 'good%' AND failed_at IS NULL")).Should().Be(1);
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE key LIKE 'bad%' AND failed_at IS NULL")).Should().Be(1);
        (await host.ScalarAsync<long>("SELECT count(*) FROM incident WHERE definition_id = 'bad' AND item_kind = 6")).Should().Be(1);
        (await host.ScalarAsync<string>("SELECT message FROM incident")).Should().StartWith("Rutinens nästa start kan inte räknas ut");

        // Tried again while it still throws it is parked again; when it can be planned it is mended, without a start of its own.
        await host.Runtime.RetryIncidentAsync(Resolve(await OpenAsync(host)));
        (await host.ScalarAsync<long>("SELECT count(*) FROM incident WHERE resolved_at IS NULL")).Should().Be(1);
        await host.Clock.AdvanceAsync(Eight.AddHours(15));
        await host.Runtime.RetryIncidentAsync(Resolve(await OpenAsync(host)));
        (await host.ScalarAsync<long>("SELECT count(*) FROM incident WHERE resolved_at IS NULL")).Should().Be(0);
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 6")).Should().Be(2);
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance")).Should().Be(0);
    }

    [Fact]
    public async Task F_10_planning_that_succeeds_again_closes_the_incident()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Eight);
        await host.PublishAsync(Every("bad", $"Date.now() > {Eight.AddHours(6).ToUnixTimeMilliseconds()} && Date.now() < {Eight.AddHours(14).ToUnixTimeMilliseconds()} ? null.x : \"1.00:00:00\""));
        await host.Clock.AdvanceAsync(Eight.AddHours(12));
        await host.Get<ITriggerSchedule>().RescheduleAsync();
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE failed_at IS NOT NULL")).Should().Be(1);
        await host.Clock.AdvanceAsync(Eight.AddHours(15));
        await host.Get<ITriggerSchedule>().RescheduleAsync();
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE failed_at IS NOT NULL")).Should().Be(0);
    }

    [Fact]
    public async Task F_10_S_1_a_last_try_that_takes_its_time_is_not_taken_for_one_whose_host_died()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Eight, options: o => o.PollInterval = TimeSpan.FromMilliseconds(20));
        await host.PublishAsync(Every("bad", $"Date.now() > {Eight.AddHours(6).ToUnixTimeMilliseconds()} && Date.now() < {Eight.AddHours(14).ToUnixTimeMilliseconds()} ? null.x : \"1.00:00:00\""));
        await host.Clock.AdvanceAsync(Eight.AddHours(12));
        await host.Get<ITriggerSchedule>().RescheduleAsync();
        var incident = await OpenAsync(host);
        await host.Clock.AdvanceAsync(Eight.AddHours(15));

        await using var c = await host.Data.OpenConnectionAsync();
        await using var planning = await c.BeginTransactionAsync();
        await using (var take = new Npgsql.NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('caseworkflows.triggers'))", c, planning)) await take.ExecuteNonQueryAsync();
        var retry = host.Runtime.RetryIncidentAsync(Resolve(incident));
        await Task.Delay(500);
        await planning.RollbackAsync();
        await retry;

        (await host.ScalarAsync<long>("SELECT count(*) FROM incident WHERE resolved_at IS NULL")).Should().Be(0);
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE failed_at IS NOT NULL")).Should().Be(0);
    }

    public void Dispose() => _database.Dispose();

    private static Task<Guid> OpenAsync(RuntimeHost host) => host.ScalarAsync<Guid>("SELECT id FROM incident WHERE resolved_at IS NULL");

    private static ResolveIncident Resolve(Guid id) => new() { IncidentId = id, By = "prov", Reason = "Prov" };

    private static JsonObject Every(string id, string script) => Flow.Chart(
        id,
        Flow.Step("Elsa.Timer", "timer", s =>
        {
            s["interval"] = new JsonObject { ["typeName"] = "TimeSpan", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } };
            s["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        }),
        Flow.Step("Elsa.End", "end"));
}
