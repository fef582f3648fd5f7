using Npgsql;

namespace CaseWorkflows.Host.Database;

/// <summary>The role that this host answers calls as, and what it could do to the database beyond that.</summary>
/// <param name="Name">The role.</param>
/// <param name="Superuser">Nothing binds it.</param>
/// <param name="Owner">It is, or can become, the owner of a table or of the database: it could switch a trigger off.</param>
/// <param name="Creates">It may make tables and functions in the schema.</param>
internal sealed record AnsweringRole(string Name, bool Superuser, bool Owner, bool Creates)
{
    private const string Sql = """
        SELECT r.rolname::text, r.rolsuper,
            EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
                OR EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND pg_has_role(r.oid, d.datdba, 'MEMBER')),
            has_schema_privilege(r.oid, 'public'::regnamespace, 'CREATE')
        FROM pg_roles r WHERE r.rolname = current_user
        """;

    /// <summary>It can do nothing but answer calls.</summary>
    public bool IsBound => !Superuser && !Owner && !Creates;

    public string Excess => Superuser ? "is a superuser" : Owner ? "owns the tables" : "may make tables and functions";

    public static async Task<AnsweringRole> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new AnsweringRole(row.GetString(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3));
    }
}
