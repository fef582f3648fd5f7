namespace CaseWorkflows.Engine.Authoring;

/// <summary>
/// On a class: an outcome drawn as a port on the right edge. On a property of type <see cref="Activity"/>: a child drawn inside the step.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true)]
public sealed class PortAttribute : Attribute
{
    public PortAttribute()
    {
    }

    public PortAttribute(string name)
    {
        Name = name;
    }

    public string? Name { get; }

    public string? DisplayName { get; set; }

    public bool IsBrowsable { get; set; } = true;
}
