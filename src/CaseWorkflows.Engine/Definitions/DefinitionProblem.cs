namespace CaseWorkflows.Engine.Definitions;

/// <summary>One thing wrong in a definition. The message is Swedish and written for a process owner.</summary>
/// <param name="Path">Where in the JSON, for example <c>$.root.activities[3].condition</c>.</param>
/// <param name="NodeId">The step, when the problem belongs to one.</param>
/// <param name="Code">Stable and short: <c>unknown-activity</c>, <c>missing-target</c>, <c>javascript</c>…</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record DefinitionProblem(string Path, string? NodeId, string Code, string Message);
