using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Cases.Effects;

/// <summary>Gives people the absent person's roles as cover, from and to local dates (both inclusive; null = until revoked).</summary>
public sealed record CoverGranted : Effect
{
    /// <summary>What the cover belongs to; <see cref="CoverRevoked"/> ends it by this.</summary>
    public required string AbsenceId { get; init; }

    /// <summary>The absent person's id.</summary>
    public required string AbsentPerson { get; init; }

    public required IReadOnlyList<string> CoverPersons { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }
}
