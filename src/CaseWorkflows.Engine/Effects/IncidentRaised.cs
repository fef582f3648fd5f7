using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Effects;

public sealed record IncidentRaised(Incident Incident) : Effect;
