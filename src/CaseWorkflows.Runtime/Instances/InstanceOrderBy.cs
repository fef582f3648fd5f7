namespace CaseWorkflows.Runtime;

/// <summary>What instances are sorted by.</summary>
public enum InstanceOrderBy
{
    Created,
    Updated,
    Finished,
    Name,
}
