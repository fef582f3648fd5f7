using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.Incidents;

/// <summary>An incident with what decides who may see it.</summary>
internal sealed record IncidentRow
{
    /// <summary>Waits for a decision: neither decided nor overtaken by the instance's end, its cancelling or a new publication.</summary>
    public const string Open = """
        x.resolved_at IS NULL AND CASE WHEN x.queue_id IS NOT NULL THEN q.failed_at IS NOT NULL ELSE i.finished_at IS NULL OR i.sub_status = 5 END
        """;

    /// <summary>The start of the case's only routine, which has not come about: until it does, nobody has the case.</summary>
    public const string NotStarted = """
        (x.case_id IS NOT NULL AND x.item_kind = 4 AND x.version_id IS NULL AND NOT EXISTS (SELECT 1 FROM instance n WHERE n.case_id = x.case_id))
        """;

    // The run, or the one that put the item into the queue.
    private const string Source = "coalesce(i.id, (q.payload -> 'origin' ->> 'instance')::uuid)";

    public static readonly string Select = $"""
        SELECT x.id, i.id, x.at, x.region, x.trial, x.node_id, x.message, x.detail, x.resolved_at, x.resolution, x.resolved_by, x.reason,
          CASE WHEN x.queue_id IS NOT NULL THEN x.tries
            ELSE (SELECT sum(t.tries)::int FROM incident t WHERE t.instance_id = x.instance_id AND t.node_id = x.node_id AND t.id <= x.id) END,
          coalesce(i.version_id, x.version_id), coalesce(i.definition_id, x.definition_id), i.version,
          x.kind = 'Queue', x.item_kind::int, x.series, c.id, c.case_number, c.case_type, c.unit, c.responsible_unit, coalesce(c.protected, false), {Open},
          c.id IS NULL AND (i.parent_id IS NOT NULL OR i.correlation_id IS NOT NULL OR (i.id IS NULL AND x.item_kind IN (3, 4))
            OR EXISTS (SELECT 1 FROM instance_origin o WHERE o.instance_id = i.id) OR EXISTS (SELECT 1 FROM instance_sweep s WHERE s.instance_id = i.id)),
          (SELECT y.id FROM incident y WHERE y.instance_id = x.instance_id AND (y.node_id = x.node_id OR y.queue_id = x.queue_id) AND y.resolved_at IS NULL AND y.id > x.id ORDER BY y.id LIMIT 1),
          ARRAY(SELECT o.unit FROM cases o WHERE o.protected AND o.id IN (
            SELECT case_id FROM instance_origin WHERE instance_id = {Source}
            UNION SELECT case_id FROM instance WHERE id = (q.payload -> 'origin' ->> 'instance')::uuid
            UNION SELECT (q.payload -> 'origin' ->> 'case')::uuid)
            UNION SELECT p.unit FROM cases p WHERE p.protected AND {ProtectedCases.Swept(Source)}), {NotStarted}
        """;

    public const string From = """
        FROM incident x LEFT JOIN instance i ON i.id = x.instance_id LEFT JOIN queue q ON q.id = x.queue_id
          LEFT JOIN cases c ON c.id = coalesce(i.case_id, x.case_id)
        """;

    /// <summary>$1: units, operations and regions where the actor may decide (see <see cref="IncidentAccess.Places"/>).</summary>
    public const string Mine = """
        NOT x.trial AND CASE WHEN c.id IS NOT NULL THEN c.unit = ANY ($1) OR c.responsible_unit = ANY ($1) ELSE x.region = ANY ($1) OR x.series = ANY ($1) END
        """;

    public required Guid Id { get; init; }

    public Guid? InstanceId { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Region { get; init; }

    public bool Trial { get; init; }

    public string? NodeId { get; init; }

    public required string Message { get; init; }

    public string? Detail { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public string? Resolution { get; init; }

    public string? ResolvedBy { get; init; }

    public string? Reason { get; init; }

    public int Tries { get; init; }

    public string? VersionId { get; init; }

    public string? DefinitionId { get; init; }

    public int? Version { get; init; }

    public bool IsItem { get; init; }

    /// <summary>Kind of the queue item.</summary>
    public int? ItemKind { get; init; }

    /// <summary>Which series a scheduled start belongs to; where each unit has its own, the unit.</summary>
    public string? Series { get; init; }

    public Guid? CaseId { get; init; }

    public string? CaseNumber { get; init; }

    public string? CaseType { get; init; }

    public string? Unit { get; init; }

    public string? ResponsibleUnit { get; init; }

    /// <summary>The case is of a patient with a protected identity.</summary>
    public bool IsProtected { get; init; }

    public bool IsOpen { get; init; }

    /// <summary>No case of its own, but begun by a routine or an event, whose values may come from a case.</summary>
    public bool MayQuote { get; init; }

    public Guid? FailedAgain { get; init; }

    /// <summary>Units of cases with a protected identity that the run was given something of, or may have found in a sweep.</summary>
    public IReadOnlyList<string> ProtectedOrigins { get; init; } = [];

    /// <summary>See <see cref="NotStarted"/>.</summary>
    public bool IsNotStarted { get; init; }

    public static IncidentRow Read(NpgsqlDataReader r) => new()
    {
        Id = r.GetGuid(0), InstanceId = r.Uuid(1), At = r.Instant(2)!.Value, Region = r.GetString(3), Trial = r.GetBoolean(4), NodeId = r.Text(5),
        Message = r.GetString(6), Detail = r.Text(7), ResolvedAt = r.Instant(8), Resolution = r.Text(9), ResolvedBy = r.Text(10), Reason = r.Text(11),
        Tries = r.Int(12) ?? 1, VersionId = r.Text(13), DefinitionId = r.Text(14), Version = r.Int(15), IsItem = r.GetBoolean(16), ItemKind = r.Int(17),
        Series = r.Text(18), CaseId = r.Uuid(19), CaseNumber = r.Text(20), CaseType = r.Text(21), Unit = r.Text(22), ResponsibleUnit = r.Text(23),
        IsProtected = r.GetBoolean(24), IsOpen = !r.IsDBNull(25) && r.GetBoolean(25), MayQuote = !r.IsDBNull(26) && r.GetBoolean(26), FailedAgain = r.Uuid(27),
        ProtectedOrigins = r.GetFieldValue<string[]>(28), IsNotStarted = r.GetBoolean(29)
    };
}
