namespace CaseWorkflows.Cases.Tasks;

/// <summary>The states of a task (MODEL 2.5).</summary>
public static class TaskState
{
    public const string Open = "Öppen";
    public const string Taken = "Tagen";
    public const string Done = "Klar";
    public const string Withdrawn = "Återkallad";

    /// <summary>Exists, but its step is not reached: completing is 409.</summary>
    public const string Locked = "Låst";

    /// <summary>Still to be done.</summary>
    internal static readonly IReadOnlyList<string> Active = [Open, Taken, Locked];
}
