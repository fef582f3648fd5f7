using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Tasks;

namespace CaseWorkflows.Web.Inbox;

/// <summary>A list of tasks as one page shows it.</summary>
public sealed record InboxModel
{
    public required InboxView View { get; init; }

    public required TaskPage Tasks { get; init; }

    /// <summary>Views the person has, with how many tasks stand in each.</summary>
    public required IReadOnlyList<InboxView> Views { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The signed-in person, as assignees are written.</summary>
    public required string Me { get; init; }

    /// <summary>Units to choose between; one or none shows no choice.</summary>
    public IReadOnlyList<FormOption> Units { get; init; } = [];

    public string? Unit { get; init; }

    public string? Search { get; init; }

    public string? Due { get; init; }

    public bool IsFiltered => Unit is not null || Search is not null || Due is not null;
}
