namespace CaseWorkflows.Cases.Database;

/// <summary>What a call with a key answered. A null status: it was carried out, but the host went away before it could keep the answer.</summary>
/// <param name="Location">The answer's location; without a status what the call made or changed, e.g. "task:" and its id.</param>
/// <param name="Call">The call whose answer it is.</param>
/// <param name="Age">Since the call made its row.</param>
public sealed record IdempotencyAnswer(int? Status, string? Answer, string? Location, Guid Call, TimeSpan Age);
