namespace CaseWorkflows.Cases.Database;

/// <summary>What a call with a key answered.</summary>
public sealed record IdempotencyAnswer(int Status, string? Answer, string? Location);
