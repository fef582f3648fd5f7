namespace CaseWorkflows.StudioApi.Pages.Comparison;

/// <summary>A step that is not the same in both versions.</summary>
public sealed record StepChange(string Id, string Title, string TypeName, ChangeKind Kind, IReadOnlyList<SettingChange> Settings);
