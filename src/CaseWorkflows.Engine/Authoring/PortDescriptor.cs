namespace CaseWorkflows.Engine.Authoring;

/// <summary>A port: an outcome on the right edge (Flow), or a child inside the step (Embedded).</summary>
public sealed record PortDescriptor(string Name, string DisplayName, PortKind Kind, bool IsBrowsable = true);
