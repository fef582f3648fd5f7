namespace CaseWorkflows.Runtime;

/// <summary>Something of an instance that waits in the queue.</summary>
/// <param name="Kind">Timer, Resume, Job, Outbox…</param>
/// <param name="Due">Business time.</param>
/// <param name="NotBefore">Machine time of the next try, after a failure.</param>
/// <param name="Parked">Tried in vain; an incident waits for an operator.</param>
public sealed record PendingItem(Guid Id, string Kind, string? BookmarkId, DateTimeOffset Due, DateTimeOffset? NotBefore, int Attempts, bool Parked, string? Error);
