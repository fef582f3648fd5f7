namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The others who have the routine open, longest first.</summary>
internal sealed record PresenceAnswer(IReadOnlyList<PresenceOther> Others);
