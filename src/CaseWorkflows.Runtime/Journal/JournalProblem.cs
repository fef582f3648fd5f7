namespace CaseWorkflows.Runtime;

/// <summary>Something in a journal that is not as it was written.</summary>
public sealed record JournalProblem(Guid? StreamId, int? Sequence, string Message);
