namespace CaseWorkflows.Cases.History;

/// <summary>Where an event came from.</summary>
public static class HistorySource
{
    public const string Ui = "UI";
    public const string Api = "API";
    public const string Timer = "timer";
    public const string System = "system";
}
