namespace CaseWorkflows.Engine.Effects;

/// <summary>An incident was retried or skipped.</summary>
public sealed record IncidentResolved(string IncidentId, bool Skipped, string? Reason) : Effect;
