namespace CaseWorkflows.Runtime;

/// <summary>How a message ended.</summary>
/// <param name="Error">Null when it was delivered, else why it was given up.</param>
public sealed record OutboxResult(bool Delivered, string? Error);
