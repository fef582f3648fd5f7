using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>What is published of a routine from now on.</summary>
/// <param name="Version">Null when nothing is published any more.</param>
/// <param name="Graph">The compiled version, with its triggers; null with <paramref name="Version"/>.</param>
public sealed record Publication(string DefinitionId, string Region, DefinitionVersion? Version, WorkflowGraph? Graph, DateTimeOffset At);
