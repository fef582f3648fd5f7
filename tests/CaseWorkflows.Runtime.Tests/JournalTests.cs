using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;
using Npgsql;

namespace CaseWorkflows.Runtime.Tests;

public sealed class JournalTests : IDisposable
{
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task Entries_and_executions_are_read_back_as_they_happened()
    {
        await using var host = await Finished();
        var id = await host.ScalarAsync<Guid>("SELECT id FROM instance LIMIT 1");

        var journal = await host.Instances.JournalAsync(id);
        var executions = await host.Instances.ExecutionsAsync(id);

        journal.Select(e => e.Sequence).Should().Equal(Enumerable.Range(0, journal.Count));
        journal.Where(e => e.ActivityId == "event").Select(e => e.EventName).Should().ContainInOrder("Started", "Suspended", "Resumed", "Completed");
        journal.First(e => e.ActivityId == "set" && e.EventName == "Started").ActivityType.Should().Be("Elsa.SetVariable");
        executions.Single(e => e.ActivityId == "set").Status.Should().Be(ActivityStatus.Completed);
        executions.Single(e => e.ActivityId == "ask").Outcomes.Should().Equal("True");
        (await host.Instances.JournalAsync(id, 3, 4)).Select(e => e.Sequence).Should().Equal(3, 4, 5, 6);
    }

    [Fact]
    public async Task The_database_refuses_to_change_or_delete_the_journal()
    {
        await using var host = await Finished();

        foreach (var sql in new[]
                 {
                     "UPDATE journal SET at = at", "DELETE FROM journal", "TRUNCATE journal", "DELETE FROM journal_payload", "TRUNCATE journal_payload", "UPDATE journal_payload SET data = NULL",
                     "UPDATE journal_payload SET data = NULL, salt = NULL, removed_at = now(), removed_by = 'x', reason = 'y'",
                 })
        {
            await FluentActions.Awaiting(() => _database.ExecuteAsOwnerAsync(sql)).Should().ThrowAsync<PostgresException>(sql).WithMessage("*append-only*");
            (await FluentActions.Awaiting(() => host.ExecuteAsync(sql)).Should().ThrowAsync<PostgresException>(sql)).Which.SqlState.Should().Be(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    [Fact]
    public async Task An_untouched_journal_verifies_also_after_its_data_was_removed_by_rule()
    {
        await using var host = await Finished();
        var verifier = host.Get<IJournalVerifier>();
        var id = await host.ScalarAsync<Guid>("SELECT id FROM instance LIMIT 1");

        var before = await verifier.VerifyAsync();
        var removed = await verifier.RemoveDataAsync(id, "gallring", "Gallringsregel 10 år");
        var after = await verifier.VerifyAsync();

        before.Intact.Should().BeTrue(string.Join("; ", before.Problems));
        removed.Should().BeGreaterThan(0);
        after.Intact.Should().BeTrue(string.Join("; ", after.Problems));
        after.Tombstones.Should().Be(removed);
        var journal = await host.Instances.JournalAsync(id);
        journal.Should().OnlyContain(e => e.DataRemoved && e.State == null);
        journal.Single(e => e.ActivityId == "ask" && e.EventName == "Completed").Payload!["Outcomes"]!.ToJsonString().Should().Be("[\"True\"]", "which way it went is no personal data");
    }

    [Theory]
    [InlineData("UPDATE journal SET at = at + interval '1 second' WHERE seq > 0", "has been changed")]
    [InlineData("UPDATE journal SET data = data || '\\x00'::bytea WHERE seq = 0", "has been changed")]
    [InlineData("DELETE FROM journal WHERE seq > 0", "journal ends at entry")]
    [InlineData("DELETE FROM journal WHERE seq = 0", "Gap")]
    [InlineData("DELETE FROM journal", "whole journal is missing")]
    [InlineData("UPDATE journal_payload SET data = data || '\\x00'::bytea WHERE seq = 0", "data has been changed")]
    [InlineData("DELETE FROM journal_payload WHERE seq = 0", "without a tombstone")]
    [InlineData("UPDATE instance SET journal_head = '\\x00'::bytea", "does not end where")]
    public async Task Tampering_past_the_triggers_is_found(string sql, string problem)
    {
        await using var host = await Finished();

        await TamperAsync(sql);
        var verified = await host.Get<IJournalVerifier>().VerifyAsync();

        verified.Problems.Should().Contain(p => p.Message.Contains(problem), string.Join("; ", verified.Problems));
    }

    [Fact]
    public async Task The_daily_anchor_finds_a_chain_that_was_rewritten_whole()
    {
        await using var host = await Finished();
        var tomorrow = DateTimeOffset.UtcNow.AddDays(1);
        (await JournalAnchors.AnchorAsync(host.Data, tomorrow, CancellationToken.None)).Should().Be(1);
        (await JournalAnchors.AnchorAsync(host.Data, tomorrow, CancellationToken.None)).Should().Be(0);
        (await host.Get<IJournalVerifier>().VerifyAsync()).Problems.Should().BeEmpty();

        // An attacker who can compute hashes drops one instance with all its traces: no chain shows it, the anchor does.
        var id = await host.ScalarAsync<Guid>("SELECT id FROM instance LIMIT 1");
        await TamperAsync($"DELETE FROM journal_payload WHERE stream_id = '{id}'; DELETE FROM journal WHERE stream_id = '{id}'; DELETE FROM instance WHERE id = '{id}'");
        var verified = await host.Get<IJournalVerifier>().VerifyAsync();

        verified.Problems.Should().ContainSingle().Which.Message.Should().Contain("is not what was anchored");
    }

    public void Dispose() => _database.Dispose();

    /// <summary>As the owner, who alone can get past the triggers.</summary>
    private Task TamperAsync(string sql) => _database.ExecuteAsOwnerAsync(
        $"ALTER TABLE journal DISABLE TRIGGER USER; ALTER TABLE journal_payload DISABLE TRIGGER USER; {sql}; "
        + "ALTER TABLE journal ENABLE TRIGGER USER; ALTER TABLE journal_payload ENABLE TRIGGER USER");

    private async Task<RuntimeHost> Finished()
    {
        var host = await RuntimeHost.StartAsync(_database, o => o.RunPump = false);
        await host.PublishAsync(Flow.Chart(
            "journaled", Flow.Event("event", "Go"), Flow.SetVariable("set", "Counter", 42),
            Flow.Step("Elsa.FlowDecision", "ask", s => s["condition"] = Flow.Literal("Boolean", true))));
        for (var i = 0; i < 3; i++) await host.ResumeAsync(await host.StartAsync("journaled"), new Dictionary<string, object?> { ["namn"] = "Test" });
        return host;
    }
}
