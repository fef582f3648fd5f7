namespace CaseWorkflows.Cases.Bursts;

/// <summary>What the event stream says has changed.</summary>
public static class ChangeTopics
{
    public const string Tasks = "tasks";
    public const string Cases = "cases";
    public const string Reference = "reference";

    public static readonly IReadOnlyList<string> All = [Tasks, Cases, Reference];
}
