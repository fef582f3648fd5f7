using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Messages;

namespace CaseWorkflows.Web.CaseFile;

/// <summary>A case as the case page, the task page's side and the paper copy show it.</summary>
public sealed record CaseModel
{
    public required CaseDetail Case { get; init; }

    public IReadOnlyList<MessageItem> Messages { get; init; } = [];

    public IReadOnlyList<HistoryItem> History { get; init; } = [];

    /// <summary>Whoever looks may decide about what has stopped.</summary>
    public bool MayMend { get; init; }

    /// <summary>Whoever looks may see who has read it.</summary>
    public bool MayAudit { get; init; }

    /// <summary>Whoever looks may say that the reply which came after closing is read.</summary>
    public bool MayMarkRead { get; init; }

    public required DateTimeOffset Now { get; init; }

    public Func<string, string>? NameOf { get; init; }
}
