namespace CaseWorkflows.Cases.Notices;

/// <summary>A notice or a message to a resident that nothing here delivers, or that was given up; without its text. To = user name, unit or "Invånaren".</summary>
/// <param name="Kind">notice or message.</param>
/// <param name="Error">Why, in Swedish where the program itself says it.</param>
public sealed record UndeliveredItem(
    Guid Id, string Kind, string Channel, string To, string Unit, Guid? CaseId, string? CaseNumber, DateTimeOffset At, string DeliveryState, int Attempts, string? Error)
{
    /// <summary>For whoever may not read the case.</summary>
    public const string Hidden = "Visas för dem som har ärendet";
}
