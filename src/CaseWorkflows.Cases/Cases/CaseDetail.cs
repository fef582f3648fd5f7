using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Incidents;

namespace CaseWorkflows.Cases.Cases;

/// <summary>A case as the API and the case page show it: names instead of ids.</summary>
public sealed record CaseDetail
{
    public required Guid Id { get; init; }

    public required string CaseNumber { get; init; }

    public required string Unit { get; init; }

    public required string ResponsibleUnit { get; init; }

    /// <summary>Canonical name.</summary>
    public required string CaseType { get; init; }

    public required string CaseTypeCode { get; init; }

    /// <summary>The name it arrived with.</summary>
    public string? Alias { get; init; }

    public required string Channel { get; init; }

    public string? ExternalId { get; init; }

    public required string Status { get; init; }

    public string? CloseMode { get; init; }

    public required IReadOnlyList<string> Flags { get; init; }

    public int? Priority { get; init; }

    public int? Team { get; init; }

    public DateTimeOffset ArrivedAt { get; init; }

    public DateTimeOffset RegisteredAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? ClosedBy { get; init; }

    public string? ClosedByRole { get; init; }

    public required CaseOwner Owner { get; init; }

    public required CaseClock Clock { get; init; }

    public DateTimeOffset? FirstResponseAt { get; init; }

    public DateTimeOffset? BreachedAt { get; init; }

    /// <summary>Patient, texts and files are shown; an auditor sees what happened only.</summary>
    public bool TextShown { get; init; } = true;

    public CasePatient? Patient { get; init; }

    public CaseSender? Sender { get; init; }

    public string? Subject { get; init; }

    public string? Text { get; init; }

    public JsonObject Fields { get; init; } = [];

    public CaseRoutine? Routine { get; init; }

    /// <summary>Remark of the routing row, e.g. that the document has no rule for the type.</summary>
    public string? RoutingNote { get; init; }

    public IReadOnlyList<CaseInstance> WorkflowInstances { get; init; } = [];

    /// <summary>Where its routines have stopped on a failure that waits for an administrator; the oldest first.</summary>
    public IReadOnlyList<StoppedRoutine> Stopped { get; init; } = [];

    public IReadOnlyList<CaseTaskSummary> Tasks { get; init; } = [];

    public IReadOnlyList<LinkedCase> LinkedCases { get; init; } = [];

    public IReadOnlyList<CaseAttachment> Attachments { get; init; } = [];

    public int Revision { get; init; }
}
