namespace CaseWorkflows.Cases.Cases;

/// <summary>The statuses that the host itself knows; routines use the others of MODEL 3 as text.</summary>
public static class CaseStatus
{
    public const string Received = "Inkommet";
    public const string Distributed = "Fördelat";
    public const string Started = "Påbörjat";
    public const string PartialReply = "Delsvar skickat";
    public const string AwaitsResident = "Väntar på invånaren";
}
