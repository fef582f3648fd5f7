using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Cases.Effects;

/// <summary>Ends every cover that was granted for the absence.</summary>
public sealed record CoverRevoked(string AbsenceId) : Effect;
