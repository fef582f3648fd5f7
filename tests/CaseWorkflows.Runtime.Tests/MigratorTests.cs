using CaseWorkflows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseWorkflows.Runtime.Tests;

public sealed class MigratorTests : IDisposable
{
    private readonly TestDatabase _database = TestDatabase.Empty();

    [Fact]
    public async Task Migrations_are_applied_once_and_in_order()
    {
        var first = await Migrate();
        var second = await Migrate();

        first.Should().BeInAscendingOrder(StringComparer.Ordinal).And.Contain(["0001_instances", "0002_queue", "0003_journal"]);
        second.Should().BeEmpty();
    }

    [Fact]
    public async Task Hosts_that_start_together_do_it_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Migrate()));

        applied.Count(a => a.Count > 0).Should().Be(1);
    }

    [Fact]
    public async Task A_migration_changed_after_it_was_applied_is_refused()
    {
        await Migrate();
        await using (var change = _database.Owner.CreateCommand("UPDATE schema_migration SET digest = 'other' WHERE name = '0002_queue'")) await change.ExecuteNonQueryAsync();

        await FluentActions.Awaiting(Migrate).Should().ThrowAsync<MigrationException>().WithMessage("*0002_queue*");
    }

    [Fact]
    public async Task Every_row_of_the_durable_tables_has_region_trial_removal_time_and_revision()
    {
        await Migrate();
        await using var command = _database.Owner.CreateCommand(
            """
            SELECT t.name || '.' || c.name FROM unnest(ARRAY['instance', 'queue', 'journal', 'journal_payload', 'incident']) t(name)
            CROSS JOIN unnest(ARRAY['region', 'trial', 'removal_at', 'revision']) c(name)
            WHERE NOT EXISTS (SELECT 1 FROM information_schema.columns k WHERE k.table_name = t.name AND k.column_name = c.name)
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var missing = new List<string>();
        while (await reader.ReadAsync()) missing.Add(reader.GetString(0));

        missing.Should().BeEmpty();
    }

    public void Dispose() => _database.Dispose();

    private async Task<IReadOnlyList<string>> Migrate()
    {
        await using var data = NpgsqlDataSource.Create(_database.OwnerConnectionString);
        return await new Migrator(data, NullLogger<Migrator>.Instance).ApplyAsync([typeof(Migrator).Assembly]);
    }
}
