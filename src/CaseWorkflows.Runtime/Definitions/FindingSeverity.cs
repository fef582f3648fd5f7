namespace CaseWorkflows.Runtime.Definitions;

public enum FindingSeverity
{
    /// <summary>Nothing is wrong; whoever publishes should know it.</summary>
    Information,

    /// <summary>Publishing goes on.</summary>
    Warning,

    /// <summary>Publishing is refused.</summary>
    Error,
}
