namespace CaseWorkflows.Runtime.Definitions;

/// <summary>A page of routines and how many there are in all.</summary>
public sealed record DefinitionPage(IReadOnlyList<DefinitionVersion> Items, long TotalCount);
