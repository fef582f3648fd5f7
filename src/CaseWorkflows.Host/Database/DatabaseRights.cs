using Npgsql;

namespace CaseWorkflows.Host.Database;

/// <summary>
/// What the role that answers calls may do: the one place that says so. Read from the schema itself, so that a new table has its rights with
/// the migration that brings it, and one with a trigger against changes is append-only by its rights too.
/// </summary>
internal static class DatabaseRights
{
    private const long LockKey = 0x4357726967687473;   // "CWrights"

    /// <summary>Statements that make the role's rights what they shall be; $1 is the role. No row: they are.</summary>
    private const string MissingSql = """
        WITH role AS (SELECT oid, rolname FROM pg_roles WHERE rolname = $1),
        relation AS (
            SELECT c.oid, c.oid::regclass::text AS name, c.relacl, c.relowner, CASE
                WHEN c.relkind = 'S' THEN ARRAY['USAGE', 'SELECT']
                WHEN c.relkind IN ('v', 'm') OR c.relname IN ('schema_migration', 'history_head', 'history_text') THEN ARRAY['SELECT']
                WHEN c.relname = 'demo_data' OR EXISTS (
                    SELECT FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid WHERE t.tgrelid = c.oid AND f.proname IN ('append_only', 'refuse_change'))
                    THEN ARRAY['SELECT', 'INSERT']
                ELSE ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] END AS wanted
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
                AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')),
        held AS (
            SELECT r.oid, coalesce(array_agg(a.privilege_type ORDER BY a.privilege_type) FILTER (WHERE a.grantee IS NOT NULL), '{}') AS rights
            FROM relation r LEFT JOIN LATERAL (
                SELECT x.privilege_type, x.grantee FROM aclexplode(r.relacl) x WHERE x.grantee IN (0, (SELECT oid FROM role))) a ON true
            GROUP BY r.oid)
        SELECT format('REVOKE ALL ON %1$s FROM PUBLIC, %2$I; GRANT %3$s ON %1$s TO %2$I', r.name, $1, array_to_string(r.wanted, ', '))
        FROM relation r JOIN held h USING (oid)
        WHERE h.rights <> ARRAY(SELECT w FROM unnest(r.wanted) w ORDER BY w)
        UNION ALL
        SELECT format('REVOKE ALL ON ROUTINE %1$s FROM PUBLIC; GRANT EXECUTE ON ROUTINE %1$s TO %2$I', p.oid::regprocedure, $1)
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
            AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) x WHERE x.grantee = 0)
                OR NOT EXISTS (SELECT FROM aclexplode(p.proacl) x WHERE x.grantee = (SELECT oid FROM role)))
        UNION ALL
        SELECT format('GRANT USAGE ON SCHEMA public TO %I', $1) WHERE NOT has_schema_privilege($1, 'public', 'USAGE')
        """;

    /// <summary>Gives the role its rights and takes those that are too many. Changes nothing when they are right.</summary>
    /// <param name="owner">The owner's connections.</param>
    /// <param name="answering">The role that answers calls.</param>
    /// <param name="ct">Ends the waiting for other hosts.</param>
    public static async Task GrantAsync(NpgsqlDataSource owner, string answering, CancellationToken ct)
    {
        await using var connection = await owner.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var one = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({LockKey})", connection, transaction) { CommandTimeout = 0 })
        {
            await one.ExecuteNonQueryAsync(ct);
        }

        var statements = new List<string>();
        await using (var read = new NpgsqlCommand(MissingSql, connection, transaction) { Parameters = { new() { Value = answering } } })
        await using (var rows = await read.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct)) statements.Add(rows.GetString(0));
        }

        if (statements.Count > 0)
        {
            await using var grant = new NpgsqlCommand(string.Join(";\n", statements), connection, transaction) { CommandTimeout = 0 };
            await grant.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}
