namespace CaseWorkflows.Runtime;

/// <summary>Where business time comes from.</summary>
public enum ClockMode
{
    /// <summary>The machine.</summary>
    System,

    /// <summary>A row in the database, moved by hand; shared by all hosts and kept over restarts.</summary>
    Manual,
}
