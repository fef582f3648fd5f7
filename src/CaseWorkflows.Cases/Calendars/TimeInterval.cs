namespace CaseWorkflows.Cases.Calendars;

/// <summary>A half-open stretch [From, To) of wall-clock time within one day.</summary>
public readonly record struct TimeInterval(TimeOnly From, TimeOnly To);
