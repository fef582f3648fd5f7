namespace CaseWorkflows.StudioApi.Descriptors;

/// <summary>A choice in a drop-down: what is shown and what is stored.</summary>
/// <param name="Region">Whose it is; null: everybody's.</param>
public sealed record ChoiceOption(string Text, string Value, string? Region = null);
