namespace CaseWorkflows.Cases.Sweeps;

/// <summary>The kinds of rows that a sweep can look for, as process owners choose them.</summary>
public static class SweepKind
{
    public const string NotStarted = "ejPåbörjade";
    public const string DistributedNotStarted = "fördelatEjPåbörjat";
    public const string Flagged = "flaggade";
    public const string DueToday = "förfallerIdag";
    public const string NewReply = "nyttSvar";
    public const string OldPartialReply = "delsvarÄldre";
    public const string AllOpen = "allaÖppna";

    public static readonly IReadOnlyList<string> All = [NotStarted, DistributedNotStarted, Flagged, DueToday, NewReply, OldPartialReply, AllOpen];
}
