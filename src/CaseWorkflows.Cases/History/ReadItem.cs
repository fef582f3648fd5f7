namespace CaseWorkflows.Cases.History;

/// <summary>A reading of patient data. Role, unit and capacity are those that the reader had there then; cases are those that the asker may audit.</summary>
public sealed record ReadItem(
    Guid Id, DateTimeOffset At, string PersonId, string Person, string? Role, string? Unit, string? Capacity, string What, string Source, IReadOnlyList<ReadCase> Cases);
