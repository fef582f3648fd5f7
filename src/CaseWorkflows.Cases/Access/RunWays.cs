using CaseWorkflows.Cases.Database;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using Npgsql;

namespace CaseWorkflows.Cases.Access;

/// <summary>
/// Whether what runs do can spell what somebody wrote in a case, to those who see what they do and may not read the case. It is asked of all that ran
/// for the case together: what one works out another may show, by its ways or by the codes that it gives the case.
/// </summary>
public sealed class RunWays(GraphCache graphs, NpgsqlDataSource database)
{
    /// <summary>
    /// Of a row of <c>instance</c>: whether how it fares may be told to those who may not read the case. Not where a version that only its writer has read ran
    /// for the same case or called the run (what it does and when is what he made of it), nor where a run has swept; developers of the region, <c>{0}</c>, are
    /// told but for protected cases. A run that nothing of a case has reached is told.
    /// </summary>
    private static readonly string Told = $$"""
        (instance.trial
          OR (instance.region = ANY({0}) AND NOT EXISTS (SELECT 1 FROM cases p WHERE p.protected AND p.id = instance.case_id)
            AND NOT EXISTS (SELECT 1 FROM instance_origin o JOIN cases p ON p.id = o.case_id WHERE o.instance_id = instance.id AND p.protected)
            AND NOT (EXISTS (SELECT 1 FROM instance_sweep s WHERE s.instance_id = instance.id)
              AND EXISTS (SELECT 1 FROM cases p WHERE p.protected AND {{ProtectedCases.Swept("instance.id")}})))
          OR NOT (EXISTS (SELECT 1 FROM instance_sweep s WHERE s.instance_id = instance.id)
            OR EXISTS (SELECT 1 FROM instance_mover m LEFT JOIN workflow_definition_version v ON v.id = m.version_id WHERE m.instance_id = instance.id AND v.reviewed IS NOT TRUE)
            OR EXISTS (SELECT 1
              FROM (SELECT instance.case_id AS id UNION ALL SELECT o.case_id FROM instance_origin o WHERE o.instance_id = instance.id) c
              CROSS JOIN LATERAL (SELECT i.version_id FROM instance i WHERE i.case_id = c.id
                UNION ALL SELECT i.version_id FROM instance_origin o JOIN instance i ON i.id = o.instance_id WHERE o.case_id = c.id) ran
              LEFT JOIN workflow_definition_version v ON v.id = ran.version_id
              WHERE v.reviewed IS NOT TRUE)))
        """;

    /// <summary>Of a row of <c>instance</c> that may not be told: that it began, by somebody's hand, by the clock or by a case's coming.</summary>
    private const string Began = "(instance.parent_id IS NULL AND (instance.case_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM instance_origin o WHERE o.instance_id = instance.id AND o.at_start)))";

    /// <param name="regions">Whose routines the reader develops.</param>
    public static InstanceSight SightOf(IReadOnlyCollection<string> regions) => new(Told, Began, regions);

    /// <summary>Those of the runs of which the reader may be told how they fare.</summary>
    public async Task<IReadOnlySet<Guid>> ToldAsync(IReadOnlyCollection<Guid> instanceIds, IReadOnlyCollection<string> regions, CancellationToken ct)
    {
        if (instanceIds.Count == 0) return new HashSet<Guid>();
        await using var command = database.CreateCommand($"SELECT instance.id FROM instance WHERE instance.id = ANY($1) AND {SightOf(regions).ToldBy("$2")}")
            .With(Sql.Value(instanceIds), Sql.Value(regions));
        return (await command.IdsAsync(ct)).ToHashSet();
    }

    /// <summary>Ids of the versions that ran for the cases or were told something of them, for a burst's reads too.</summary>
    /// <param name="cases">SQL: a list of case ids, or a query for them.</param>
    internal static string VersionsOf(string cases) => $"""
        SELECT DISTINCT i.version_id FROM instance i WHERE i.case_id IN ({cases}) OR i.id IN (SELECT o.instance_id FROM instance_origin o WHERE o.case_id IN ({cases}))
        """;

    /// <summary>
    /// Of a run: all that ran for its case, and for those that it was told something of. A run that has swept was told of cases as well, by their codes, which any
    /// routine may have written. Without any there is nothing to spell.
    /// </summary>
    public async Task<bool> SpellAsync(Guid? instanceId, Guid? caseId, CancellationToken ct)
    {
        if (instanceId is { } any && (await ReadAsync("SELECT true FROM instance_sweep WHERE instance_id = $1 LIMIT 1", any, r => r.GetBoolean(0), ct)).Count > 0) return true;
        var cases = new List<Guid>();
        if (caseId is { } own) cases.Add(own);
        if (instanceId is { } run) cases.AddRange(await ReadAsync("SELECT case_id FROM instance_origin WHERE instance_id = $1", run, r => r.GetGuid(0), ct));
        return cases.Count > 0 && await SpellAsync(await ReadAsync(VersionsOf("SELECT unnest($1)"), Sql.Value(cases), r => r.GetString(0), ct), ct);
    }

    /// <param name="connection">The burst's own, inside one.</param>
    internal async Task<bool> SpellAsync(IEnumerable<string> versionIds, CancellationToken ct, NpgsqlConnection? connection = null)
    {
        var comparisons = 0;
        foreach (var id in versionIds)
        {
            // What cannot be read is not known, and so it can.
            if (await graphs.FindVersionAsync(id, ct, connection) is not { } graph) return true;
            var ways = SpeltWays.Of(graph);
            comparisons += ways.Comparisons;
            if (ways.Pieces.Count > 0 || comparisons > SpeltWays.MostComparisons) return true;
        }

        return false;
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object parameter, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql).With(parameter);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<T>();
        while (await reader.ReadAsync(ct)) found.Add(read(reader));
        return found;
    }
}
