namespace CaseWorkflows.Cases.Organisation;

/// <summary>A tenant. Nothing is shared between regions but the program.</summary>
public sealed record Region
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>epost, sms or uniteassign .</summary>
    public required string NoticeChannel { get; init; }

    public int? GuardianAgeLimit { get; init; }

    public string? PriorityScale { get; init; }

    public string? DeviationTarget { get; init; }
}
