using CaseWorkflows.Cases.Calendars;

namespace CaseWorkflows.Cases.Reference;

/// <summary>Opening hours of a unit as stored: times are "HH:mm" pairs, days "mån" … "sön" (the days that a key names, "mån-fre", share its hours).</summary>
public sealed record OpeningHoursRecord
{
    private static readonly string[] DayNames = ["sön", "mån", "tis", "ons", "tor", "fre", "lör"];

    /// <summary>The unit's id; hours of an operation hold for its units without hours of their own.</summary>
    public required string Unit { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<string>>> Weekdays { get; init; } =
        new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>>();

    /// <summary>Hours on holidays and on weekdays not named.</summary>
    public IReadOnlyList<IReadOnlyList<string>> OtherDays { get; init; } = [];

    public IReadOnlyList<SpecialDay> Special { get; init; } = [];

    public OpeningHours ToHours(WorkingCalendar calendar) => new(
        calendar,
        Weekdays.SelectMany(p => Days(p.Key).Select(d => (Day: d, Hours: Intervals(p.Value)))).GroupBy(x => x.Day).ToDictionary(g => g.Key, g => g.Last().Hours),
        Intervals(OtherDays),
        Special.GroupBy(s => s.Date).ToDictionary(g => g.Key, g => Intervals(g.Last().Intervals)));

    /// <exception cref="FormatException">A pair is not two times, the first before the second.</exception>
    public static IReadOnlyList<TimeInterval> Intervals(IReadOnlyList<IReadOnlyList<string>> pairs) =>
        [.. pairs.Select(p => p.Count == 2 && IsoText.Time(p[0]) is { } from && IsoText.Time(p[1]) is { } to && from < to
            ? new TimeInterval(from, to)
            : throw new FormatException("Hours are two times, the first before the second."))];

    private static IEnumerable<DayOfWeek> Days(string name)
    {
        var ends = name.Split('-', StringSplitOptions.TrimEntries).Select(n => Array.IndexOf(DayNames, n)).ToArray();
        if (ends.Length is 0 or > 2 || ends.Contains(-1)) throw new FormatException($"Okänd veckodag: {name}.");
        for (var day = ends[0]; ; day = (day + 1) % 7)
        {
            yield return (DayOfWeek)day;
            if (day == ends[^1]) yield break;
        }
    }
}
