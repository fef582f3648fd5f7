namespace CaseWorkflows.Runtime.Definitions;

public enum FindingSeverity
{
    /// <summary>Publishing goes on.</summary>
    Warning,

    /// <summary>Publishing is refused.</summary>
    Error,
}
