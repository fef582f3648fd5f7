namespace CaseWorkflows.Cases.Cases;

/// <summary>The response clock that the case shows: the first response, later a reply to the resident's reply .</summary>
public sealed record CaseClock
{
    public const string Running = "Löper";
    public const string Warned = "Varning";
    public const string Breached = "Överskriden";
    public const string Met = "Uppfylld";
    public const string None = "Ingen";

    public const string FirstResponse = "Första svar";
    public const string Reply = "Svar på svar";

    public string State { get; init; } = None;

    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? WarnAt { get; init; }

    public DateTimeOffset? MetAt { get; init; }

    /// <summary>Which clock it is; null before any started.</summary>
    public string? Kind { get; init; }
}
