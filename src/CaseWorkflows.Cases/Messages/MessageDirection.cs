namespace CaseWorkflows.Cases.Messages;

/// <summary>From the resident, or to the resident.</summary>
public static class MessageDirection
{
    public const string In = "In";
    public const string Out = "Ut";
}
