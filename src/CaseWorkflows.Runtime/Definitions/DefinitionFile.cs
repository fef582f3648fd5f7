namespace CaseWorkflows.Runtime.Definitions;

/// <summary>A routine on disk and the region whose folder it lies in.</summary>
public sealed record DefinitionFile(string Path, string Region);
