namespace CaseWorkflows.Cases.Messages;

/// <summary>A message that an integration is to take to the resident.</summary>
public sealed record OutgoingMessage(
    Guid Id, Guid CaseId, string CaseNumber, string? ExternalId, string Channel, string Kind, string Text, DateTimeOffset SentAt, string DeliveryState,
    IReadOnlyList<OutgoingAttachment> Attachments);
