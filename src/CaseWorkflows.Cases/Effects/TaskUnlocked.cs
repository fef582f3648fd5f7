using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Cases.Effects;

/// <summary>A locked task of this instance becomes available although what it waited for is not done.</summary>
public sealed record TaskUnlocked(Guid TaskId) : Effect;
