namespace CaseWorkflows.Cases.Messages;

/// <summary>One page of the outgoing messages, the oldest first.</summary>
public sealed record OutgoingPage(IReadOnlyList<OutgoingMessage> Items, string? Next);
