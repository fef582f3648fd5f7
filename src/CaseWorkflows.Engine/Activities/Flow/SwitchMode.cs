namespace CaseWorkflows.Engine.Activities.Flow;

/// <summary>Whether a switch takes the first case that matches or all that do.</summary>
public enum SwitchMode
{
    MatchFirst,
    MatchAny,
}
