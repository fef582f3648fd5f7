namespace CaseWorkflows.Runtime;

/// <summary>Somebody tried to set the manual clock back.</summary>
public sealed class ClockBackwardsException : Exception
{
    public ClockBackwardsException(DateTimeOffset now, DateTimeOffset asked)
        : base($"Klockan står på {now:O} och kan inte ställas tillbaka till {asked:O}.")
    {
        Now = now;
        Asked = asked;
    }

    public DateTimeOffset Now { get; }

    public DateTimeOffset Asked { get; }
}
