namespace CaseWorkflows.Runtime;

/// <summary>What a burst is about, as far as known before the instance is locked.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="CaseId">Null when the instance has none, or when it is not known yet.</param>
/// <param name="IsNew">The instance is started by this burst: its row does not exist yet.</param>
public sealed record BurstSubject(Guid InstanceId, Guid? CaseId, bool IsNew)
{
    /// <summary>The run that gives what this burst is given.</summary>
    public Guid? GivenBy { get; init; }

    /// <summary>The case that what this burst is given tells of.</summary>
    public Guid? GivenOfCase { get; init; }

    /// <summary>Units whose people what this burst is given tells of.</summary>
    public IReadOnlyList<string>? GivenOfUnits { get; init; }
}
