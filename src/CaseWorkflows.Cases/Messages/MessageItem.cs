namespace CaseWorkflows.Cases.Messages;

/// <summary>A message of a case's thread.</summary>
public sealed record MessageItem(
    Guid Id, string Direction, string Kind, string Text, string? AuthorRole, string? Author, DateTimeOffset SentAt, bool CountsAsFirstResponse, string DeliveryState, string? Phrase);
