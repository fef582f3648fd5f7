using CaseWorkflows.Host.Database;
using CaseWorkflows.Testing;
using Npgsql;

namespace CaseWorkflows.Host.Tests.Database;

/// <summary>An attacker who executes SQL as the role that answers calls, on the connection that every host has.</summary>
public sealed class AnsweringRoleTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string AppendOnlySql = """
        SELECT DISTINCT c.relname::text FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid JOIN pg_proc f ON f.oid = t.tgfoid
        WHERE f.proname IN ('append_only', 'refuse_change') ORDER BY 1
        """;

    private NpgsqlDataSource Answering => fixture.Host.Database.DataSource;

    [Theory]
    [InlineData("ALTER TABLE history DISABLE TRIGGER history_append_only")]
    [InlineData("ALTER TABLE journal DISABLE TRIGGER ALL")]
    [InlineData("DROP TRIGGER read_log_append_only ON read_log")]
    [InlineData("DROP TABLE read_log")]
    [InlineData("ALTER TABLE history ADD COLUMN more text")]
    [InlineData("CREATE TRIGGER mine BEFORE INSERT ON history FOR EACH ROW EXECUTE FUNCTION refuse_change()")]
    [InlineData("CREATE RULE mine AS ON INSERT TO history DO INSTEAD NOTHING")]
    [InlineData("SET session_replication_role = replica")]
    [InlineData("SELECT set_config('session_replication_role', 'replica', false)")]
    [InlineData("CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'")]
    [InlineData("CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'")]
    [InlineData("CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")]
    [InlineData("ALTER FUNCTION append_only() RENAME TO was_append_only")]
    [InlineData("CREATE TABLE mine (id int)")]
    [InlineData("CREATE TEMP TABLE mine (id int)")]
    [InlineData("CREATE SCHEMA mine")]
    [InlineData("CREATE EXTENSION file_fdw")]
    [InlineData("COPY (SELECT 1) TO PROGRAM 'true'")]
    [InlineData("COPY business_clock FROM '/etc/passwd'")]
    [InlineData("SELECT pg_read_file('PG_VERSION')")]
    [InlineData("SELECT pg_ls_dir('.')")]
    [InlineData("SELECT lo_import('/etc/passwd')")]
    [InlineData("SET ROLE caseworkflows_owner")]
    [InlineData("SET ROLE caseworkflows")]
    [InlineData("SET SESSION AUTHORIZATION caseworkflows")]
    [InlineData("GRANT caseworkflows_owner TO caseworkflows_app")]
    [InlineData("ALTER ROLE caseworkflows_app SUPERUSER")]
    [InlineData("ALTER ROLE caseworkflows_owner PASSWORD 'mitt'")]
    [InlineData("CREATE ROLE mine")]
    [InlineData("ALTER DEFAULT PRIVILEGES FOR ROLE caseworkflows_owner GRANT ALL ON TABLES TO caseworkflows_app")]
    [InlineData("ALTER SYSTEM SET archive_command = 'true'")]
    [InlineData("CREATE DATABASE mine")]
    [InlineData("SELECT rolpassword FROM pg_authid")]
    [InlineData("INSERT INTO schema_migration (name, digest) VALUES ('9999_mine', '')")]
    [InlineData("UPDATE schema_migration SET digest = ''")]
    [InlineData("DELETE FROM demo_data")]
    [InlineData("UPDATE history_head SET seq = 0, hash = ''")]
    [InlineData("DELETE FROM history_head")]
    [InlineData("UPDATE history_text SET reason = 'Annat'")]
    [InlineData("SELECT set_config('caseworkflows.removal', 'yes', true); UPDATE journal_payload SET data = NULL, salt = NULL, removed_at = now(), removed_by = 'x', reason = 'y'")]
    public async Task The_answering_role_cannot(string sql)
    {
        var refused = (await FluentActions.Awaiting(() => ExecuteAsync(sql)).Should().ThrowAsync<PostgresException>(sql)).Which;
        refused.SqlState.Should().Be(PostgresErrorCodes.InsufficientPrivilege, $"{sql}: {refused.MessageText}");
    }

    [Fact]
    public async Task The_answering_role_cannot_change_or_delete_in_any_append_only_table()
    {
        var tables = await ListAsync(Answering, AppendOnlySql);
        tables.Should().Contain(["history", "journal", "journal_anchor", "journal_payload", "read_log", "workflow_definition_event"]);
        foreach (var table in tables)
        {
            var column = (await ListAsync(Answering, $"SELECT attname::text FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' LIMIT 1"))[0];
            foreach (var sql in new[] { $"UPDATE {table} SET {column} = {column}", $"DELETE FROM {table}", $"TRUNCATE {table}", $"SELECT 1 FROM {table} FOR UPDATE" })
            {
                (await FluentActions.Awaiting(() => ExecuteAsync(sql)).Should().ThrowAsync<PostgresException>(sql))
                    .Which.MessageText.Should().Contain("permission denied", "the right is missing, whatever a trigger says");
            }
        }
    }

    [Fact]
    public async Task The_answering_role_is_no_superuser_and_owns_nothing()
    {
        (await ListAsync(Answering, "SELECT current_user::text FROM pg_roles WHERE rolname = current_user AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)"))
            .Should().Equal("caseworkflows_app");
        (await ListAsync(Answering, "SELECT relname::text FROM pg_class WHERE pg_has_role(current_user, relowner, 'MEMBER')")).Should().BeEmpty();
        (await ListAsync(Answering, "SELECT proname::text FROM pg_proc WHERE pg_has_role(current_user, proowner, 'MEMBER')")).Should().BeEmpty();
        (await ListAsync(Answering, "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = current_user::regrole")).Should().BeEmpty();
        (await ListAsync(Answering, "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relowner <> 'caseworkflows_owner'::regrole"))
            .Should().BeEmpty("one role owns all");
    }

    [Fact]
    public async Task A_function_that_acts_as_the_owner_looks_up_no_name_of_the_callers_and_is_not_for_all()
    {
        var functions = await ListAsync(Answering, """
            SELECT proname || ' ' || coalesce(array_to_string(proconfig, ' '), '') || ' ' || (SELECT count(*) FROM aclexplode(proacl) WHERE grantee = 0)
            FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1
            """);
        functions.Should().Equal("append_history search_path=pg_catalog, public, pg_temp 0", "remove_journal_payload search_path=pg_catalog, public, pg_temp 0");
    }

    [Fact]
    public async Task A_new_table_has_its_rights_with_the_migration_that_brings_it_and_rights_that_are_too_many_go()
    {
        await using var database = new TestDatabase();
        await database.ExecuteAsOwnerAsync("""
            CREATE TABLE ordinary (id int GENERATED BY DEFAULT AS IDENTITY, what text);
            CREATE TABLE kept (id int);
            CREATE TRIGGER kept_append_only BEFORE UPDATE OR DELETE ON kept FOR EACH ROW EXECUTE FUNCTION append_only();
            GRANT ALL ON history TO caseworkflows_app; GRANT UPDATE ON read_log TO PUBLIC
            """);
        await DatabaseSchema.MigrateAsync(database.Owner, "caseworkflows_app", CancellationToken.None);

        await using (var use = database.DataSource.CreateCommand("INSERT INTO ordinary (what) VALUES ('a'); UPDATE ordinary SET what = 'b'; DELETE FROM ordinary; INSERT INTO kept VALUES (1)"))
            await use.ExecuteNonQueryAsync();
        foreach (var sql in new[] { "UPDATE kept SET id = 2", "DELETE FROM kept", "TRUNCATE ordinary", "UPDATE history SET at = at", "TRUNCATE history", "UPDATE read_log SET at = at" })
        {
            await using var command = database.DataSource.CreateCommand(sql);
            await command.Awaiting(c => c.ExecuteNonQueryAsync()).Should().ThrowAsync<PostgresException>(sql).WithMessage("*permission denied*");
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Answering.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> ListAsync(NpgsqlDataSource source, string sql)
    {
        var found = new List<string>();
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) found.Add(rows.GetString(0));
        return found;
    }
}
