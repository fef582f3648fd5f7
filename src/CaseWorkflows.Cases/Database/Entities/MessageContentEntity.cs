namespace CaseWorkflows.Cases.Database.Entities;

/// <summary>A message's text; the row goes when it is removed by rule.</summary>
internal sealed class MessageContentEntity
{
    public Guid MessageId { get; set; }

    public string Text { get; set; } = "";
}
