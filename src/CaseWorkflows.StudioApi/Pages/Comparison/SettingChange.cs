namespace CaseWorkflows.StudioApi.Pages.Comparison;

/// <summary>One setting, with what it said before and what it says now; null where it was not there.</summary>
public sealed record SettingChange(string Name, string? Before, string? After);
