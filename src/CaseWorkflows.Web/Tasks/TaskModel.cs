using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Web.CaseFile;
using CaseWorkflows.Web.Forms;

namespace CaseWorkflows.Web.Tasks;

/// <summary>A task as its page shows it.</summary>
public sealed record TaskModel
{
    public required TaskDetail Task { get; init; }

    public required FormState Form { get; init; }

    /// <summary>The case beside the form; null for tasks without one.</summary>
    public CaseModel? Case { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required string Me { get; init; }

    /// <summary>The list that the person came from.</summary>
    public string Back { get; init; } = "/";


    public bool GoOn { get; init; }

    /// <summary>People the task can be given to.</summary>
    public IReadOnlyList<CaseWorkflows.Cases.Forms.FormOption> Colleagues { get; init; } = [];

    /// <summary>Why the last try was refused, when no field is to blame.</summary>
    public string? Problem { get; init; }

    /// <summary>The same for giving away, parking and commenting.</summary>
    public string? ExtraProblem { get; init; }

    public bool IsMine => Task.Item.Assignee == Me;

    public bool IsOpen => Task.Item.State is TaskState.Open or TaskState.Taken;

    public string? HolderName => Task.Item.AssigneeName ?? Task.Item.Assignee;
}
