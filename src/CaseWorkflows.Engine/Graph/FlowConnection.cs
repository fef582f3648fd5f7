namespace CaseWorkflows.Engine.Graph;

/// <summary>A connection between two activities of a flowchart, by their index.</summary>
internal sealed record FlowConnection(int Source, string Port, int Target);
