namespace CaseWorkflows.Cases.Messages;

/// <summary>
/// How the delivery of a message or notice stands: queued, sent when its channel has taken it, then delivered or failed as the channel or an
/// integration tells. That a step has sent it is another matter: answering is the deed, delivery is the channel's.
/// </summary>
public static class DeliveryState
{
    /// <summary>Waits for its channel.</summary>
    public const string Queued = "Köat";

    /// <summary>Its channel has taken it.</summary>
    public const string Sent = "Skickat";

    /// <summary>The recipient has it, as the receiving system tells.</summary>
    public const string Delivered = "Levererat";

    /// <summary>Given up after the last try, or refused by the receiving system.</summary>
    public const string Failed = "Misslyckat";

    public const string Blocked = "Spärrat";
    public const string Received = "Mottaget";

    /// <summary>Trial work sends nothing outside.</summary>
    public const string Trial = "Prov – skickas inte";

    /// <summary>Nothing here delivers it: no channel is configured, or the recipient has no address or has not switched notices on.</summary>
    public const string NoChannel = "Ingen kanal";

    /// <summary>What an operator has to look after. The indexes of the tables name the same.</summary>
    public static readonly IReadOnlyList<string> Undelivered = [NoChannel, Failed];
}
