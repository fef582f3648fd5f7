using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Access;

/// <summary>Lets somebody at one case, or answers 404 (another region's) or 403 (inside the region, audited).</summary>
public sealed class CaseGate(NpgsqlDataSource database)
{
    /// <summary>The case and what may be seen of it.</summary>
    /// <param name="what">Swedish: what was tried, for the audit of a refusal.</param>
    public async Task<(CaseRecord Record, Sight Sight)> SeeAsync(CommandContext context, string idOrNumber, string what, CancellationToken ct)
    {
        var found = await FindAsync(context, idOrNumber, ct);
        return found.Sight != Sight.None ? (found.Record, found.Sight) : throw Refused(found.Record, what);
    }

    /// <summary>The case, for whoever may read what was written in it.</summary>
    public async Task<CaseRecord> ReadAsync(CommandContext context, string idOrNumber, string what, CancellationToken ct)
    {
        var found = await FindAsync(context, idOrNumber, ct);
        return found.Sight == Sight.WithText ? found.Record : throw Refused(found.Record, what);
    }

    /// <summary>As <see cref="SeeAsync"/>, for what is the staff's own: history, notices, paper copies. An integration is refused.</summary>
    public async Task<(CaseRecord Record, Sight Sight)> SeeAsStaffAsync(CommandContext context, string idOrNumber, string what, CancellationToken ct)
    {
        var found = await SeeAsync(context, idOrNumber, what, ct);
        return context.Actor.Kind != ActorKind.Integration ? found : throw Refused(found.Record, what);
    }

    /// <summary>The case, for whoever brings what the resident writes and what other systems tell.</summary>
    public async Task<CaseRecord> DeliverAsync(CommandContext context, string idOrNumber, string what, CancellationToken ct)
    {
        var found = await FindAsync(context, idOrNumber, ct);
        return found.Delivers ? found.Record : throw Refused(found.Record, what);
    }

    /// <summary>
    /// For a transaction that changes the case: locks it, and asks again what the actor may, of the row that is there then. Read by
    /// <see cref="ReadDeliveredAsync"/> or <see cref="ReadWithTextAsync"/>.
    /// </summary>
    internal static void AppendLocked(BurstReads reads, CommandContext context, Guid id)
    {
        reads.Add("SELECT 1 FROM cases WHERE id = $1 FOR NO KEY UPDATE", Sql.Value(id));
        reads.Add(Select(context, id));
    }

    internal static async ValueTask<CaseRecord> ReadDeliveredAsync(NpgsqlDataReader reader, string what, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        var found = await ReadAsync(reader, ct);
        return found.Delivers ? found.Record : throw Refused(found.Record, what);
    }

    internal static async ValueTask<CaseRecord> ReadWithTextAsync(NpgsqlDataReader reader, string what, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        var found = await ReadAsync(reader, ct);
        return found.Sight == Sight.WithText ? found.Record : throw Refused(found.Record, what);
    }

    /// <summary>What the actor sees of a case, whether or not it is refused elsewhere.</summary>
    /// <exception cref="NotFoundException">No such case, or in a region without a role of the actor's.</exception>
    internal async Task<(CaseRecord Record, Sight Sight, bool Delivers)> FindAsync(CommandContext context, string idOrNumber, CancellationToken ct)
    {
        await using var command = database.CreateCommand();
        command.CommandText = Select(command.Parameters, context, idOrNumber);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, ct);
    }

    /// <summary>For a batch: the case with what the actor sees of it, read by <see cref="ReadAsync"/>.</summary>
    internal static NpgsqlBatchCommand Select(CommandContext context, Guid id)
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = Select(command.Parameters, context, id.ToString());
        return command;
    }

    internal static async Task<(CaseRecord Record, Sight Sight, bool Delivers)> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct)) throw new NotFoundException();
        var last = reader.FieldCount - 1;
        var sight = reader.GetBoolean(last - 1) ? Sight.WithText : reader.GetBoolean(last - 2) ? Sight.WithoutText : Sight.None;
        return (CaseSql.Read(reader), sight, reader.GetBoolean(last));
    }

    private static string Select(NpgsqlParameterCollection values, CommandContext context, string idOrNumber)
    {
        var rules = new CaseRules(context.Actor, context.Reference);
        var byId = Guid.TryParse(idOrNumber, out var id);
        values.Add(byId ? Sql.Value((Guid?)id) : Sql.Value(idOrNumber));
        var parameters = RuleParameters.Of(values);
        return $"""
            SELECT {CaseSql.Columns}, coalesce({rules.Sees.Sql(parameters)}, false), coalesce({rules.SeesText.Sql(parameters)}, false),
                coalesce({rules.Delivers.Sql(parameters)}, false)
            {CaseSql.From} WHERE {(byId ? "c.id" : "c.case_number")} = $1 AND {rules.InRegion.Sql(parameters)}
            """;
    }

    private static ForbiddenException Refused(CaseRecord record, string what) => new(what, record.Id, unit: record.UnitId);
}
