namespace CaseWorkflows.Runtime;

/// <summary>A burst would start more runs than its family may at <paramref name="now"/>. Nothing of it was written: it is done again, knowing it.</summary>
internal sealed class FamilyFullException(Guid family, DateTimeOffset now, Exception inner) : Exception("The family may start no more runs.", inner)
{
    public Guid Family { get; } = family;

    /// <summary>Business time.</summary>
    public DateTimeOffset Now { get; } = now;
}
