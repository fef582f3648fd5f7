using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Cases.Effects;

/// <summary>Links the burst's case with another, both ways.</summary>
public sealed record LinkedCaseAdded(Guid OtherCaseId, string Kind) : Effect;
