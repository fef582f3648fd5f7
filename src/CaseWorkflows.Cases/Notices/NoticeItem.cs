namespace CaseWorkflows.Cases.Notices;

/// <summary>A notice as the API shows it. To = user name, unit, or "Invånaren". Text is null for those who see no texts.</summary>
public sealed record NoticeItem(Guid Id, string Channel, string To, string? Text, DateTimeOffset At, string DeliveryState, int Attempts, string? Error);
