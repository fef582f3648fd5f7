namespace CaseWorkflows.Runtime;

/// <summary>Order of a list of instances.</summary>
public readonly record struct InstanceOrder(InstanceOrderBy By, bool Descending)
{
    public static InstanceOrder NewestFirst { get; } = new(InstanceOrderBy.Created, true);
}
