namespace CaseWorkflows.Cases.Notices;

/// <summary>What the outbox holds of a notice. Stored: no personal data beyond the recipient's address.</summary>
public sealed record NoticeMessage(Guid NoticeId, string Channel, string Recipient, string Address, string? Subject, string Text)
{
    public const string Kind = "notice";
}
