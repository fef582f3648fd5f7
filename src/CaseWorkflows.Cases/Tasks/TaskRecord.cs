using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>A task as stored, with its candidates.</summary>
public sealed record TaskRecord
{
    public required Guid Id { get; init; }

    public required Guid InstanceId { get; init; }

    public required string BookmarkId { get; init; }

    public required string ActivityId { get; init; }

    public required string DefinitionId { get; init; }

    public Guid? CaseId { get; init; }

    public required string Region { get; init; }

    public required string Unit { get; init; }

    public required string Title { get; init; }

    /// <summary>A routine has worked it out from the case.</summary>
    public bool TitleComputed { get; init; }

    public string? Instructions { get; init; }

    public required string State { get; init; }

    public string? Assignee { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public IReadOnlyList<string> CandidatePersons { get; init; } = [];

    public IReadOnlyList<TaskCandidate> Candidates { get; init; } = [];

    public int? Priority { get; init; }

    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? WarnAt { get; init; }

    public IReadOnlyList<FormField> Form { get; init; } = [];

    public IReadOnlyList<TaskOutcome> Outcomes { get; init; } = [];

    public IReadOnlyList<string> Rules { get; init; } = [];

    public string? OpenStatus { get; init; }

    public bool TakeOverByTeam { get; init; }

    public IReadOnlyDictionary<string, string> WriteBack { get; init; } = new Dictionary<string, string>();

    public string? Badge { get; init; }

    public string? Print { get; init; }

    public JsonObject? Draft { get; init; }

    public DateTimeOffset? DraftAt { get; init; }

    /// <summary>Person id.</summary>
    public string? DraftBy { get; init; }

    /// <summary>The page it was written on, as that page says.</summary>
    public string? DraftPage { get; init; }

    public string? DraftOutcome { get; init; }

    public DateTimeOffset? ParkedUntil { get; init; }

    public bool Trial { get; init; }

    /// <summary>Of no case, but what it says may be of one, and of which nobody knows: shown to nobody.</summary>
    public bool Sealed { get; init; }

    /// <summary>Who started the trial run; only that person sees its tasks.</summary>
    public string? Starter { get; init; }

    public int Revision { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string? CompletedBy { get; init; }

    public string? CompletedAs { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string? Outcome { get; init; }

    // From the case, for lists and rights.
    public string? CaseNumber { get; init; }

    public string? CaseType { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The patient's identity is protected (D-10).</summary>
    public bool Protected { get; init; }

    /// <summary>When the case's clock runs out.</summary>
    public DateTimeOffset? CaseDue { get; init; }

    /// <summary>The case's unit and responsible unit; empty without a case.</summary>
    public IReadOnlyList<string> CaseUnits { get; init; } = [];

    /// <summary>Person id.</summary>
    public string? CaseOwner { get; init; }

    public string? CaseOwnerUnit { get; init; }

    /// <summary>The resident's own words: only for those who may read what patients write.</summary>
    public string? CaseSubject { get; init; }

    public bool IsActive => TaskState.Active.Contains(State);
}
