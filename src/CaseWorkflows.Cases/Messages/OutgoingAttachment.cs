namespace CaseWorkflows.Cases.Messages;

/// <summary>A file that goes with an outgoing message; Url is where it is fetched.</summary>
public sealed record OutgoingAttachment(Guid Id, string Name, string ContentType, int Size, string Url);
