namespace CaseWorkflows.Runtime.Definitions;

public sealed record RetractOutcome(StoredDefinition Definition, bool WasPublished);
