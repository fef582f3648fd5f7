using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>Everything the designer and the compiler know of one (type, version).</summary>
public sealed record ActivityDescriptor(
    string TypeName,
    int Version,
    string Namespace,
    string Name,
    string Category,
    string DisplayName,
    string Description,
    ActivityKind Kind,
    IReadOnlyList<InputDescriptor> Inputs,
    IReadOnlyList<OutputDescriptor> Outputs,
    IReadOnlyList<PortDescriptor> Ports,
    Type ClrType)
{
    public bool IsContainer { get; init; }

    public bool IsBrowsable { get; init; } = true;

    public bool IsStart { get; init; }

    public bool IsTerminal { get; init; }

    public int Order { get; init; }

    public bool DevelopersOnly { get; init; }

    /// <summary>Extra properties for the designer, for example <c>RootType</c> of a workflow used as an activity.</summary>
    public JsonObject CustomProperties { get; init; } = [];

    /// <summary>Properties the designer copies into a new activity of this type.</summary>
    public JsonObject ConstructionProperties { get; init; } = [];

    internal ActivityBinding? Binding { get; init; }
}
