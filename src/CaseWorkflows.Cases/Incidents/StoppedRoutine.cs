namespace CaseWorkflows.Cases.Incidents;

/// <summary>Where a case's routine has stopped on an incident.</summary>
/// <param name="IncidentId">The open incident.</param>
/// <param name="Routine">The routine's name; null when it has not even started.</param>
/// <param name="Step">The step's name in the drawing; null when no step is known.</param>
/// <param name="Since">Business time.</param>
/// <param name="Notified">Those who may mend it were sent a notice when it happened.</param>
public sealed record StoppedRoutine(Guid IncidentId, string? Routine, string? Step, DateTimeOffset Since, bool Notified);
