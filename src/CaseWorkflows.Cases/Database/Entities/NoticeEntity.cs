namespace CaseWorkflows.Cases.Database.Entities;

/// <summary>A notice with how its delivery stands.</summary>
internal sealed class NoticeEntity
{
    public Guid Id { get; set; }

    public Guid? CaseId { get; set; }

    public string Unit { get; set; } = "";

    public string Channel { get; set; } = "";

    public string Recipient { get; set; } = "";

    public string Text { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public string DeliveryState { get; set; } = "";

    public int Attempts { get; set; }

    public string? Error { get; set; }

    public bool Trial { get; set; }
}
