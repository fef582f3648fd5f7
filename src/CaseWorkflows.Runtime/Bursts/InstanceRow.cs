using CaseWorkflows.Engine.State;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>What the runtime needs of a locked instance row.</summary>
internal sealed record InstanceRow
{
    public const string LockSql =
        """
        SELECT definition_id, version_id, version, case_id, parent_id, parent_bookmark_id, region, trial, has_queue, journal_seq, journal_head, state, sub_status, trial_root, name, depth, family_id
        FROM instance WHERE id = $1 FOR UPDATE
        """;

    public const string LockOrSkipSql = LockSql + " SKIP LOCKED";

    public required string DefinitionId { get; init; }

    public required string VersionId { get; init; }

    public required int Version { get; init; }

    public Guid? CaseId { get; init; }

    public Guid? ParentId { get; init; }

    public string? ParentBookmarkId { get; init; }

    public required string Region { get; init; }

    public bool Trial { get; init; }

    /// <summary>The trial that the instance belongs to; null for its first instance before it is stored, and for all that is no trial.</summary>
    public Guid? TrialRoot { get; init; }

    public bool HasQueue { get; init; }

    public int Depth { get; init; }

    /// <summary>Null: itself.</summary>
    public Guid? Family { get; init; }

    public int JournalSeq { get; init; }

    public byte[] JournalHead { get; init; } = [];

    /// <summary>The name in lists.</summary>
    public string? Name { get; init; }

    /// <summary>What the routine calls its new row does not count.</summary>
    public bool KeepsName { get; init; }

    /// <summary>Null when the row is made by this burst.</summary>
    public byte[]? State { get; init; }

    /// <summary>It had failed as a whole: its timers and jobs are held back until an operator has retried or skipped.</summary>
    public bool WasFaulted { get; init; }

    /// <summary>A new row of whatever version is published now.</summary>
    public bool MustBePublished { get; init; }

    public WorkflowState Read() => WorkflowState.Deserialize(State);

    /// <summary>
    /// Lists are for those, too, who may not read what cases hold: a routine names its run as it begins, unless what it begins with may come
    /// from a case, and not later. A trial's case is made up.
    /// </summary>
    public string? NameAfter(WorkflowState state) => Trial || (State is null && !KeepsName) ? state.Name : Name;

    public static InstanceRow From(NpgsqlDataReader r) => new()
    {
        DefinitionId = r.GetString(0),
        VersionId = r.GetString(1),
        Version = r.GetInt32(2),
        CaseId = r.IsDBNull(3) ? null : r.GetGuid(3),
        ParentId = r.IsDBNull(4) ? null : r.GetGuid(4),
        ParentBookmarkId = r.IsDBNull(5) ? null : r.GetString(5),
        Region = r.GetString(6),
        Trial = r.GetBoolean(7),
        HasQueue = r.GetBoolean(8),
        JournalSeq = r.GetInt32(9),
        JournalHead = r.GetFieldValue<byte[]>(10),
        State = r.GetFieldValue<byte[]>(11),
        WasFaulted = r.GetInt16(12) == (short)WorkflowSubStatus.Faulted,
        TrialRoot = r.IsDBNull(13) ? null : r.GetGuid(13),
        Name = r.IsDBNull(14) ? null : r.GetString(14),
        Depth = r.GetInt32(15),
        Family = r.IsDBNull(16) ? null : r.GetGuid(16),
    };
}
