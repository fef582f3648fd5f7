namespace CaseWorkflows.StudioApi.Pages.Comparison;

/// <summary>A change in what belongs to the whole routine: name, description, variables, inputs, outputs, outcomes, options.</summary>
public sealed record RoutineChange(string Area, string Name, ChangeKind Kind, string? Before, string? After);
