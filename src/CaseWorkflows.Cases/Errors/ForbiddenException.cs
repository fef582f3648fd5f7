namespace CaseWorkflows.Cases.Errors;

/// <summary>403: inside the actor's region, but not the actor's to see or do. Audited with <c>refused</c> (D-14).</summary>
public sealed class ForbiddenException(string what, Guid? caseId = null, Guid? taskId = null, string? unit = null)
    : DomainException("Du har inte behörighet till detta.")
{
    /// <summary>What was tried, for the history entry.</summary>
    public string What { get; } = what;

    public Guid? CaseId { get; } = caseId;

    public Guid? TaskId { get; } = taskId;

    public string? Unit { get; } = unit;
}
