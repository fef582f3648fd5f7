namespace CaseWorkflows.Web.Rules;

internal sealed record RulePart(string Name, string Text);
