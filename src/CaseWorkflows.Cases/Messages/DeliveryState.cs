namespace CaseWorkflows.Cases.Messages;

/// <summary>How the delivery of a message or notice stands.</summary>
public static class DeliveryState
{
    public const string Sent = "Skickat";
    public const string Queued = "Köat";
    public const string Failed = "Misslyckat";
    public const string Blocked = "Spärrat";
    public const string Received = "Mottaget";

    /// <summary>Trial work sends nothing outside.</summary>
    public const string Trial = "Prov – skickas inte";

    /// <summary>The recipient has no address or has not switched notices on.</summary>
    public const string NoChannel = "Ingen kanal";
}
