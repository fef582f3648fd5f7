namespace CaseWorkflows.StudioApi.Pages.Comparison;

/// <summary>A connection that stands in one of the versions only.</summary>
public sealed record ConnectionChange(string From, string Outcome, string To, ChangeKind Kind);
