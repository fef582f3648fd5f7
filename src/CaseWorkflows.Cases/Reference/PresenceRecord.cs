namespace CaseWorkflows.Cases.Reference;

/// <summary>Somebody logged on or off duty at a unit in a role.</summary>
public sealed record PresenceRecord
{
    public required string Person { get; init; }

    public string? Unit { get; init; }

    public string? Role { get; init; }

    public required bool On { get; init; }

    public DateTimeOffset Since { get; init; }
}
