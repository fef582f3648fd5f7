namespace CaseWorkflows.Cases.Database.Entities;

/// <summary>A message of a case's thread.</summary>
internal sealed class MessageEntity
{
    public Guid Id { get; set; }

    public Guid CaseId { get; set; }

    public string Direction { get; set; } = "";

    public string Kind { get; set; } = "";

    public string? Phrase { get; set; }

    public string? AuthorRole { get; set; }

    public string? Author { get; set; }

    public DateTimeOffset SentAt { get; set; }

    public bool CountsAsFirstResponse { get; set; }

    public string DeliveryState { get; set; } = "";

    public MessageContentEntity? Content { get; set; }
}
