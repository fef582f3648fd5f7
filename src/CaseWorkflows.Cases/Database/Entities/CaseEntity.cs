using CaseWorkflows.Cases.Cases;

namespace CaseWorkflows.Cases.Database.Entities;

/// <summary>A case row as lists and pages read it.</summary>
internal sealed class CaseEntity
{
    public Guid Id { get; set; }

    public string CaseNumber { get; set; } = "";

    public string Region { get; set; } = "";

    public string Unit { get; set; } = "";

    public string ResponsibleUnit { get; set; } = "";

    public string CaseType { get; set; } = "";

    public string Channel { get; set; } = "";

    public DateTimeOffset ArrivedAt { get; set; }

    public string Status { get; set; } = "";

    public string[] Flags { get; set; } = [];

    public int? Priority { get; set; }

    public int? Team { get; set; }

    public string? OwnerPerson { get; set; }

    public string? OwnerRole { get; set; }

    public string? OwnerUnit { get; set; }

    public string? ClockKind { get; set; }

    public string ClockState { get; set; } = "";

    public DateTimeOffset? ClockDue { get; set; }

    public DateTimeOffset? ClockWarnAt { get; set; }

    public DateTimeOffset? ClockMetAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The patient's identity is protected (a generated column: the flag is set).</summary>
    public bool Protected { get; set; }

    public bool Trial { get; set; }

    public string? Starter { get; set; }

    public CaseContentEntity? Content { get; set; }

    public List<TaskEntity> Tasks { get; set; } = [];

    public CaseClock Clock() => new() { Kind = ClockKind, State = ClockState, Due = ClockDue, WarnAt = ClockWarnAt, MetAt = ClockMetAt };
}
