using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.EmbeddedPostgres;

public sealed class TestDatabaseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task It_is_migrated_and_sorts_and_searches_Swedish()
    {
        await using var command = database.DataSource.CreateCommand("""
            SELECT array_to_string(ARRAY(SELECT w FROM unnest(ARRAY['öl','zon','ål','äng','al']) w ORDER BY w), ' '),
                   EXISTS (SELECT FROM schema_migration)
            """);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        reader.GetString(0).Should().Be("al zon ål äng öl");
        reader.GetBoolean(1).Should().BeTrue();
    }

    [Fact]
    public async Task Two_databases_know_nothing_of_each_other()
    {
        await using var other = new TestDatabase();
        await using (var create = other.Owner.CreateCommand("CREATE TABLE only_there (id int)")) await create.ExecuteNonQueryAsync();
        await using var look = database.DataSource.CreateCommand("SELECT to_regclass('only_there') IS NULL");
        (await look.ExecuteScalarAsync()).Should().Be(true);
    }
}
