using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>A task with its form, as the actor sees it.</summary>
public sealed record TaskDetail
{
    public required TaskItem Item { get; init; }

    /// <summary>What was written is shown; an auditor sees what happened only.</summary>
    public bool TextShown { get; init; } = true;

    public string? Instructions { get; init; }

    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Value of a field: the draft where there is one, else what is prefilled.</summary>
    public IReadOnlyList<FormField> Form { get; init; } = [];

    /// <summary>Outcomes that the actor may not choose are absent.</summary>
    public IReadOnlyList<TaskOutcome> Outcomes { get; init; } = [];

    /// <summary>Null when nothing has been kept.</summary>
    public TaskDraft? Draft { get; init; }

    public int Revision { get; init; }

    /// <summary>The task is a colleague's: completing it needs the field <c>skäl</c>.</summary>
    public bool TakesOver { get; init; }

    /// <summary>The actor may work with it; false = read only.</summary>
    public bool MayWork { get; init; }

    /// <summary>Somebody who had it has had it before them.</summary>
    public bool Opened { get; init; }

    public IReadOnlyList<TaskComment> Comments { get; init; } = [];

    /// <summary>State of the governing document when it is not valid, for the banner (D-12).</summary>
    public string? RoutineNotice { get; init; }
}
