using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Cases.Effects;

/// <summary>The case was taken in, but its routine could not be started: told in the history, and to those who mend routines.</summary>
public sealed record RoutineNotStarted : Effect
{
    /// <summary>The routine; null when routing names none.</summary>
    public string? DefinitionId { get; init; }
}
