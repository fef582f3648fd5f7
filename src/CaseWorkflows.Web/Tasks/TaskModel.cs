using CaseWorkflows.Cases.Messages;
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

    /// <summary>A parking that was tried and not done.</summary>
    public ParkingTry? Parking { get; init; }

    /// <summary>A comment that was tried and not saved.</summary>
    public string? CommentTry { get; init; }

    public string? CommentProblem { get; init; }

    /// <summary>What the last press would have sent; shown before anything goes.</summary>
    public CompletionPreview? Preview { get; init; }

    /// <summary>When what the last press sent was kept as the draft; null when it was not, or nothing was sent.</summary>
    public DateTimeOffset? KeptAt { get; init; }

    /// <summary>The draft that the form was shown with, as <see cref="DraftShown"/> writes it.</summary>
    public string? DraftShown { get; init; }

    /// <summary>Changes when somebody else changes what the page shows: the task, who has it, the thread of its case.</summary>
    public string Version => string.Join('.', Task.Revision, Task.Item.State, Task.Item.Assignee, Task.Comments.Count, Case?.Messages.Count, string.Join(',', Task.Item.Flags));

    /// <summary>The latest message from the resident in the thread beside the form; null = there is no thread.</summary>
    public Guid? LastMessage => Case is { Case.TextShown: true } shown ? shown.Messages.LastOrDefault(m => m.Direction == MessageDirection.In)?.Id ?? Guid.Empty : null;

    public bool IsMine => Task.Item.Assignee == Me;

    public bool IsOpen => Task.Item.State is TaskState.Open or TaskState.Taken;

    public string? HolderName => Task.Item.AssigneeName ?? Task.Item.Assignee;
}
