namespace CaseWorkflows.Cases.Tasks;

/// <summary>Everybody with the role for the unit may take the task.</summary>
public sealed record TaskCandidate(string Role, string Unit);
