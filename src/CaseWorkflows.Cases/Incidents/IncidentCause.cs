namespace CaseWorkflows.Cases.Incidents;

/// <summary>What has gone wrong, as far as a program can tell it apart.</summary>
public static class IncidentCause
{
    /// <summary>The step itself could not be carried out.</summary>
    public const string Step = "step";

    /// <summary>A script or an expression in the step's settings.</summary>
    public const string Script = "script";

    /// <summary>Something outside: another system did not answer or said no.</summary>
    public const string Job = "job";

    /// <summary>The step, or the sort of step, is no longer there.</summary>
    public const string Missing = "missing";

    public const string Timer = "timer";
    public const string Answer = "answer";
    public const string Event = "event";
    public const string Start = "start";
    public const string Cancel = "cancel";
    public const string Schedule = "schedule";
    public const string Message = "message";

    /// <summary>A queue item of another kind.</summary>
    public const string Item = "item";
}
