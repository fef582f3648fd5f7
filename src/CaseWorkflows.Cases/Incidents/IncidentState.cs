namespace CaseWorkflows.Cases.Incidents;

/// <summary>How an incident stands; Swedish as shown.</summary>
public static class IncidentState
{
    public const string Open = "Öppet";
    public const string Retried = "Försökt igen";
    public const string Skipped = "Överhoppat";

    /// <summary>The step was cancelled, or the routine has gone on or ended without it.</summary>
    public const string Moot = "Inaktuellt";
}
