namespace CaseWorkflows.Web.Rules;

/// <summary>One rule: id, title, where it comes from, and its parts (rule, example, note).</summary>
internal sealed record Rule(string Id, string Title, string? Source, IReadOnlyList<RulePart> Parts);
