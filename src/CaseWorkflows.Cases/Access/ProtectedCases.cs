using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Access;

/// <summary>For those who follow routines and not cases: whether a case is one whose contents stay with the people who have it (D-10).</summary>
public sealed class ProtectedCases(NpgsqlDataSource database, ReferenceStore reference, IBusinessClock clock)
{
    /// <summary>Of a run: its own case, or one whose routine began it, told it something or was begun by it.</summary>
    public async Task<bool> ReachAsync(Guid instanceId, Guid? caseId, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"SELECT DISTINCT p.unit FROM cases p WHERE p.protected AND (p.id = $2 OR p.id IN (SELECT case_id FROM instance_origin WHERE instance_id = $1) OR {Swept("$1")})")
            .With(instanceId, Sql.Value(caseId));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var units = new List<string>();
        while (await reader.ReadAsync(ct)) units.Add(reader.GetString(0));
        if (units.Count == 0) return false;
        var view = (await reference.FreshAsync(ct)).At(await clock.NowAsync(ct));
        return units.Exists(u => ProtectedIdentity.Narrows(view, u));
    }

    /// <summary>Of a case <c>p</c>: a run has swept where it was, and may hold its codes.</summary>
    /// <param name="instance">SQL: the run's id.</param>
    internal static string Swept(string instance) => $"""
        (p.unit IN (SELECT unnest(string_to_array(s.units, E'\n')) FROM instance_sweep s WHERE s.instance_id = {instance})
          AND (p.closed_at IS NULL OR p.closed_at > (SELECT r.created_at FROM instance r WHERE r.id = {instance})))
        """;

    /// <summary>Cases that reached a run from outside it.</summary>
    public async Task<IReadOnlyList<(Guid Case, string? Unit)>> OriginsAsync(Guid instanceId, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "SELECT c.id, c.unit FROM instance_origin o JOIN cases c ON c.id = o.case_id WHERE o.instance_id = $1 AND NOT c.trial").With(instanceId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<(Guid, string?)>();
        while (await reader.ReadAsync(ct)) found.Add((reader.GetGuid(0), reader.GetString(1)));
        return found;
    }

    /// <summary>Those of the runs that a case had reached from outside when they began.</summary>
    public async Task<IReadOnlySet<Guid>> ReachedAsync(Guid[] instanceIds, CancellationToken ct)
    {
        var reached = new HashSet<Guid>();
        if (instanceIds.Length == 0) return reached;
        await using var command = database.CreateCommand(
            "SELECT DISTINCT o.instance_id FROM instance_origin o JOIN cases c ON c.id = o.case_id WHERE o.instance_id = ANY ($1) AND o.at_start AND NOT c.trial").With(Sql.Value(instanceIds));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) reached.Add(reader.GetGuid(0));
        return reached;
    }

    public async Task<bool> ContainsAsync(Guid caseId, CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT unit FROM cases WHERE id = $1 AND protected").With(caseId);
        return await command.ExecuteScalarAsync(ct) is string unit
            && ProtectedIdentity.Narrows((await reference.FreshAsync(ct)).At(await clock.NowAsync(ct)), unit);
    }
}
