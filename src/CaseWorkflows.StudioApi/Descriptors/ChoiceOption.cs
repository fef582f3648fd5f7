namespace CaseWorkflows.StudioApi.Descriptors;

/// <summary>A choice in a drop-down: what is shown and what is stored.</summary>
public sealed record ChoiceOption(string Text, string Value);
