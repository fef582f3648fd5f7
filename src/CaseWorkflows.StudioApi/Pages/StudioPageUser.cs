namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The person in front of the page.</summary>
/// <param name="CanEdit">May change at least one routine; else everything is for reading.</param>
public sealed record StudioPageUser(string Id, string Name, bool CanEdit);
