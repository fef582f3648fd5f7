namespace CaseWorkflows.Engine.Authoring;

/// <summary>An output as the designer needs it.</summary>
public sealed record OutputDescriptor(string Name, string TypeName, string DisplayName, string Description)
{
    public float Order { get; init; }

    public bool IsBrowsable { get; init; } = true;

    public bool IsSynthetic { get; init; }

    public required Type ClrType { get; init; }

    public string JsonName => Names.Camel(Name);
}
