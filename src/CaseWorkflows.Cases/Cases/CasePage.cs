namespace CaseWorkflows.Cases.Cases;

/// <summary>One page of cases.</summary>
public sealed record CasePage(IReadOnlyList<CaseListItem> Items, string? Next);
