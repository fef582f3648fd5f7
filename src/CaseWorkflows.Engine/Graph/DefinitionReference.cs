namespace CaseWorkflows.Engine.Graph;

/// <summary>How a step names the definition it stands for.</summary>
public sealed record DefinitionReference(string TypeName, int Version, string? DefinitionId, string? DefinitionVersionId);
