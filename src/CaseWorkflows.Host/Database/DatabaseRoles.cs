using Npgsql;

namespace CaseWorkflows.Host.Database;

/// <summary>
/// Makes the two roles that the product works with, and hands a database to them: one owns everything in it and migrates, the other answers
/// calls and owns nothing. Needs a superuser's connection, which is used for nothing else. May be repeated, and broken off anywhere.
/// </summary>
internal static class DatabaseRoles
{
    private const long LockKey = 0x4357726F6C6573;   // "CWroles"

    /// <summary>Objects of no system schema and no extension that the owner has not got yet, as the statement that gives them; $1 is the owner.</summary>
    private const string HandOverSql = """
        WITH free AS (
            SELECT 'pg_class'::regclass AS catalogue, c.oid, c.relnamespace AS schema, c.relowner AS owner,
                   format('ALTER %s %s OWNER TO %I', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                          WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, c.oid::regclass, $1) AS statement
            FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))
            UNION ALL
            SELECT 'pg_proc'::regclass, p.oid, p.pronamespace, p.proowner, format('ALTER ROUTINE %s OWNER TO %I', p.oid::regprocedure, $1) FROM pg_proc p
            UNION ALL
            SELECT 'pg_type'::regclass, t.oid, t.typnamespace, t.typowner, format('ALTER TYPE %s OWNER TO %I', t.oid::regtype, $1)
            FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid WHERE t.typelem = 0 AND (c.oid IS NULL OR c.relkind = 'c') AND t.typtype <> 'm'
            UNION ALL
            SELECT 'pg_namespace'::regclass, n.oid, n.oid, n.nspowner, format('ALTER SCHEMA %I OWNER TO %I', n.nspname, $1) FROM pg_namespace n WHERE n.nspname <> 'public')
        SELECT f.statement FROM free f JOIN pg_namespace n ON n.oid = f.schema
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND pg_get_userbyid(f.owner) <> $1
            AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = f.catalogue AND e.objid = f.oid AND e.deptype = 'e')
        """;

    /// <summary>Makes what is missing of roles and database; hands over a database that is not the owner's yet.</summary>
    /// <param name="administrator">A superuser's connection string; its database is not used.</param>
    /// <param name="database">The product's database.</param>
    /// <param name="owner">Owns and migrates.</param>
    /// <param name="answering">Answers calls.</param>
    /// <returns>True when the database was made now.</returns>
    /// <exception cref="ArgumentException">The three roles are not three.</exception>
    public static async Task<bool> EnsureAsync(string administrator, string database, DatabaseLogin owner, DatabaseLogin answering, CancellationToken ct)
    {
        var server = new NpgsqlConnectionStringBuilder(administrator) { Database = "postgres", Pooling = false };
        if (owner.Name == answering.Name || owner.Name == server.Username || answering.Name == server.Username)
            throw new ArgumentException("The administrator, the owner and the role that answers calls must be three roles.");
        bool made;
        await using (var connection = new NpgsqlConnection(server.ConnectionString))
        {
            await connection.OpenAsync(ct);
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", ct);   // freed with the connection
            foreach (var login in (DatabaseLogin[])[owner, answering]) await EnsureRoleAsync(connection, login, ct);
            var known = await ScalarAsync(connection, "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = $1", database, ct) as string;
            if (known == owner.Name) return false;
            made = known is null;
            if (made) await ExecuteAsync(connection, $"CREATE DATABASE {Name(database)}", ct);
        }

        await HandOverAsync(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database }.ConnectionString, database, owner, answering, ct);
        return made;
    }

    private static async Task EnsureRoleAsync(NpgsqlConnection connection, DatabaseLogin login, CancellationToken ct)
    {
        var exists = await ScalarAsync(connection, "SELECT 1 FROM pg_roles WHERE rolname = $1", login.Name, ct) is not null;
        await ExecuteAsync(
            connection,
            $"{(exists ? "ALTER" : "CREATE")} ROLE {Name(login.Name)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {Text(login.Password)}", ct);
    }

    /// <summary>In one transaction: the database's owner, which comes last, says that it is done.</summary>
    private static async Task HandOverAsync(string administrator, string database, DatabaseLogin owner, DatabaseLogin answering, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(administrator);
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var statements = new List<string>();
        await using (var read = new NpgsqlCommand(HandOverSql, connection, transaction) { Parameters = { new() { Value = owner.Name } } })
        await using (var rows = await read.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct)) statements.Add(rows.GetString(0));
        }

        foreach (var statement in statements) await ExecuteAsync(connection, statement, ct);
        // Temporary objects would be a way to make functions, and public is open to all in databases that come from before PostgreSQL 15.
        await ExecuteAsync(
            connection,
            $"""
            ALTER SCHEMA public OWNER TO pg_database_owner;
            REVOKE ALL ON SCHEMA public FROM PUBLIC;
            REVOKE ALL ON DATABASE {Name(database)} FROM PUBLIC;
            GRANT CONNECT ON DATABASE {Name(database)} TO {Name(answering.Name)};
            ALTER DATABASE {Name(database)} OWNER TO {Name(owner.Name)}
            """, ct);
        await transaction.CommitAsync(ct);
    }

    internal static string Name(string role) => '"' + role.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static string Text(string text) => '\'' + text.Replace("'", "''", StringComparison.Ordinal) + '\'';

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, string value, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = value } } };
        return await command.ExecuteScalarAsync(ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
