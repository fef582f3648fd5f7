using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Organisation;
using Npgsql;

namespace CaseWorkflows.Cases.History;

/// <summary>
/// Who has read patient data: the readers write it, before they answer, so that no page can forget it. One row for one look; a list leaves
/// one row with all that it showed, and shown again to the same person soon after only what is new. Trials are made up and leave none.
/// </summary>
public sealed class ReadLog(NpgsqlDataSource database)
{
    /// <summary>How long a list that is fetched again adds only what is new (business time).</summary>
    public static readonly TimeSpan SameList = TimeSpan.FromMinutes(5);

    private const string Insert = """
        INSERT INTO read_log (id, at, person, region, case_id, what, source, role, role_unit, capacity, units, cases, patients)
        SELECT $1, $2, $3, min(c.region), CASE WHEN $4 THEN min(c.id::text)::uuid END, $5, $6, $7, $8, $9,
            array_agg(DISTINCT c.unit), array_agg(c.id), array_remove(array_agg(DISTINCT patient_key(k.patient)), NULL)
        FROM cases c LEFT JOIN case_content k ON k.case_id = c.id
        WHERE c.id = ANY ($10) AND NOT c.trial AND ($4 OR NOT EXISTS (
            SELECT 1 FROM read_log r WHERE r.person = $3 AND r.what = $5 AND r.at > $11 AND r.at <= $2 AND r.case_id IS NULL AND r.cases @> ARRAY[c.id]))
        HAVING count(*) > 0
        """;

    /// <param name="what">Swedish: what was shown.</param>
    public Task AddAsync(CommandContext context, Guid caseId, string? unit, string what, CancellationToken ct) => ExecuteAsync(batch => Append(batch, context, caseId, unit, what), ct);

    /// <summary>A list: one row for all its cases.</summary>
    public Task AddListAsync(CommandContext context, IReadOnlyCollection<(Guid Case, string? Unit)> shown, string what, CancellationToken ct) =>
        shown.Count == 0 ? Task.CompletedTask : ExecuteAsync(batch => AppendList(batch, context, shown, what), ct);

    /// <summary>
    /// What belongs to no case, or to another, but speaks of cases: the list of a sweep, a notice to a unit, a unit's history. One row for
    /// those that are named in it, as for a list.
    /// </summary>
    /// <param name="context">Who reads.</param>
    /// <param name="texts">What was shown.</param>
    /// <param name="what">Swedish: what was shown.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task AddNamedAsync(CommandContext context, IEnumerable<string?> texts, string what, CancellationToken ct) =>
        await AddListAsync(context, await NamedAsync(string.Join('\n', texts), ct), what, ct);

    /// <summary>The cases whose id or number stands in a text, with their care units; trials left out.</summary>
    public async Task<IReadOnlyCollection<(Guid Case, string? Unit)>> NamedAsync(string text, CancellationToken ct)
    {
        var ids = CaseNames.Ids(text);
        var numbers = CaseNames.Numbers(text);
        if (ids.Count == 0 && numbers.Count == 0) return [];
        await using var command = database.CreateCommand("""
            SELECT id, unit FROM cases WHERE id = ANY ($1) AND NOT trial UNION SELECT id, unit FROM cases WHERE case_number = ANY ($2) AND NOT trial
            """).With(Sql.Value(ids), Sql.Value(numbers));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<(Guid, string?)>();
        while (await reader.ReadAsync(ct)) found.Add((reader.GetGuid(0), reader.GetString(1)));
        return found;
    }

    /// <summary>For what is no person and holds no role: the automation key.</summary>
    /// <param name="reader">Its id.</param>
    /// <param name="at">Business time.</param>
    /// <param name="cases">What was shown; several make one row.</param>
    /// <param name="what">Swedish: what was shown.</param>
    /// <param name="source">One of <see cref="HistorySource"/>.</param>
    public Task AddAsync(string reader, DateTimeOffset at, IReadOnlyCollection<Guid> cases, string what, string source, CancellationToken ct) =>
        cases.Count == 0 ? Task.CompletedTask : ExecuteAsync(batch => Append(batch, reader, at, cases, cases.Count == 1, what, source, null), ct);

    /// <summary>The row goes with the reader's own statements, so that it costs no round trip.</summary>
    internal static void Append(NpgsqlBatch batch, CommandContext context, Guid caseId, string? unit, string what) =>
        Append(batch, context.Actor.PersonId ?? context.Actor.Kind, context.Now, [caseId], true, what, context.Source, RoleAt(context, unit));

    internal static void AppendList(NpgsqlBatch batch, CommandContext context, IReadOnlyCollection<(Guid Case, string? Unit)> shown, string what)
    {
        if (shown.Count == 0) return;
        Append(batch, context.Actor.PersonId ?? context.Actor.Kind, context.Now, [.. shown.Select(s => s.Case).Distinct()], false, what, context.Source,
            shown.Select(s => RoleAt(context, s.Unit)).FirstOrDefault(r => r is not null));
    }

    /// <summary>The same for the case of a task, if it has one.</summary>
    internal static void AppendOfTask(NpgsqlBatch batch, CommandContext context, Guid taskId, string what) =>
        batch.Add(Insert.Replace("c.id = ANY ($10)", "c.id = (SELECT t.case_id FROM task t WHERE t.id = $10)", StringComparison.Ordinal),
            Guid.CreateVersion7(), context.Now, context.Actor.PersonId ?? context.Actor.Kind, true, what, context.Source,
            Sql.Value(RoleAt(context, null)?.Role), Sql.Value(RoleAt(context, null)?.Unit), Sql.Value(RoleAt(context, null)?.Capacity), taskId, context.Now - SameList);

    private static void Append(
        NpgsqlBatch batch, string person, DateTimeOffset at, IReadOnlyCollection<Guid> cases, bool single, string what, string source, HeldRole? role) =>
        batch.Add(Insert, Guid.CreateVersion7(), at, person, single, what, source, Sql.Value(role?.Role), Sql.Value(role?.Unit), Sql.Value(role?.Capacity),
            Sql.Value(cases), at - SameList);

    private static HeldRole? RoleAt(CommandContext context, string? unit)
    {
        var roles = context.Actor.Roles;
        if (roles.Count == 0) return null;
        // The role there, else the nearest above: an auditor's and a process owner's roles are a region's.
        var scopes = unit is null ? [] : context.Reference.SelfAndAbove(unit).ToList();
        return roles.Where(r => scopes.Contains(r.Unit))
            .OrderBy(r => scopes.IndexOf(r.Unit)).ThenBy(r => Reads(context, r.Role) ? 0 : 1).ThenBy(r => r.CoverFor is null ? 0 : 1).FirstOrDefault() ?? roles[0];
    }

    private static bool Reads(CommandContext context, string role) =>
        context.Reference.Roles.GetValueOrDefault(role)?.Permissions.Any(p => p is Permissions.CaseReadUnit or Permissions.CaseReadNoText) == true;

    private async Task ExecuteAsync(Action<NpgsqlBatch> append, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        append(batch);
        await batch.ExecuteNonQueryAsync(ct);
    }
}
