namespace CaseWorkflows.Cases.Actors;

/// <summary>Who stands behind an event; Swedish names as in the history.</summary>
public static class ActorKind
{
    public const string Person = "Person";
    public const string System = "System";
    public const string Timer = "Timer";
    public const string Resident = "Invånare";
    public const string Integration = "Integration";
}
