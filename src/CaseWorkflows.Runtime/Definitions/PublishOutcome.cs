namespace CaseWorkflows.Runtime.Definitions;

public sealed record PublishOutcome(StoredDefinition Definition, bool AlreadyPublished);
