using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Cases.Effects;

/// <summary>A human task. Its bookmark is named <see cref="BookmarkName"/>; burning that withdraws the task.</summary>
public sealed record TaskCreated : Effect
{
    public const string BookmarkName = "HumanTask";

    /// <summary>Version-7 uuid, made by the step.</summary>
    public required Guid TaskId { get; init; }

    public required string BookmarkId { get; init; }

    /// <summary>Id of the step in its definition; what <see cref="WaitingFor"/> of other tasks names.</summary>
    public required string ActivityId { get; init; }

    public required string Title { get; init; }

    /// <summary>The title is worked out by an expression, so it may quote the case: as protected as the case.</summary>
    public bool TitleComputed { get; init; }

    public string? Instructions { get; init; }

    /// <summary>Unit whose list shows the task.</summary>
    public required string UnitId { get; init; }

    /// <summary>Null for tasks without a case.</summary>
    public Guid? CaseId { get; init; }

    public IReadOnlyList<TaskCandidate> Candidates { get; init; } = [];

    /// <summary>People (ids) who may take it whatever their role.</summary>
    public IReadOnlyList<string> CandidatePersons { get; init; } = [];

    /// <summary>Person who has it from the start ("Mina ärenden").</summary>
    public string? Assignee { get; init; }

    public IReadOnlyList<FormField> Form { get; init; } = [];

    public required IReadOnlyList<TaskOutcome> Outcomes { get; init; }

    public int? Priority { get; init; }

    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? WarnAt { get; init; }

    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Status the case gets, and its start time, when the assignee first opens or completes the task.</summary>
    public string? OpenStatus { get; init; }

    /// <summary>A colleague with the same role and team may take it over with a reason .</summary>
    public bool TakeOverByTeam { get; init; }

    /// <summary>Step ids of the same instance that have to be completed first; not empty = the task starts as Låst.</summary>
    public IReadOnlyList<string> WaitingFor { get; init; } = [];

    /// <summary>Form field key → case field ("team", "caseType", "priority", "fields.x"), applied on completion before the burst resumes.</summary>
    public IReadOnlyDictionary<string, string> WriteBack { get; init; } = new Dictionary<string, string>();

    /// <summary>Which report the finished task counts in; null for ordinary work.</summary>
    public string? CountsAs { get; init; }

    /// <summary>Swedish mark shown with the task.</summary>
    public string? Badge { get; init; }

    /// <summary>Text of the paper copy, with <c>{fält}</c> placeholders.</summary>
    public string? Print { get; init; }
}
