namespace CaseWorkflows.Engine.Authoring;

/// <summary>An output of an activity, on a property of type <see cref="Output{T}"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    public string? Name { get; set; }

    public string DisplayName { get; set; } = "";

    public string Description { get; set; } = "";

    public int Order { get; set; }

    public bool IsBrowsable { get; set; } = true;
}
