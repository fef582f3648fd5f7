namespace CaseWorkflows.Cases.Bursts;

/// <summary>What the event stream says has changed.</summary>
public static class ChangeTopics
{
    public const string Tasks = "tasks";
    public const string Cases = "cases";
    public const string Reference = "reference";

    public static readonly IReadOnlyList<string> All = [Tasks, Cases, Reference];

    private const char Between = '\n';

    /// <summary>The text of a signal about cases or tasks: the units where it may be known that something has changed; none = everywhere.</summary>
    public static string At(IEnumerable<string?> units) => string.Join(Between, units.OfType<string>().Distinct());

    /// <summary>As <see cref="At"/> wrote them; empty = everywhere.</summary>
    public static string[] UnitsOf(string? text) => string.IsNullOrEmpty(text) ? [] : text.Split(Between);
}
