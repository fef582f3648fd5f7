namespace CaseWorkflows.Cases.Cases;

/// <summary>Where a case stands in a list: open ones by lateness and arrival, closed ones after them, newest first.</summary>
internal sealed record CasePlace(DateTimeOffset? ClosedAt, bool Overdue, DateTimeOffset ArrivedAt, Guid Id);
