namespace CaseWorkflows.Cases.Cases;

/// <summary>One page of cases. Moved: cases that now stand before this page and have been on none.</summary>
public sealed record CasePage(IReadOnlyList<CaseListItem> Items, string? Next, int Moved);
