using System.Globalization;
using System.Text.RegularExpressions;

namespace CaseWorkflows.Cases.Calendars;

/// <summary>
/// The one reader of dates and times from outside. ISO 8601 in its extended form only; a text that it does not know is null, never a guess.
/// Local times follow <see cref="SwedishTime"/>: one that the spring change skips moves forward, one that occurs twice is the earlier.
/// </summary>
public static partial class IsoText
{
    public const string DateFault = "Ange datum som åååå-mm-dd";
    public const string TimeFault = "Ange tid som tt:mm";
    public const string InstantFault = "Ange datum och tid som åååå-mm-ddTtt:mm, eller en tid i dag";

    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>A local date. Of an instant with an offset it is the date in Sweden.</summary>
    public static DateOnly? Date(string? text)
    {
        if (Parts(text) is not { } match || LocalDateOf(match) is not { } date) return null;
        if (!match.Groups["clock"].Success) return date;
        return InstantOf(match, date) is not { } at ? null : match.Groups["offset"].Success ? SwedishTime.LocalDate(at) : date;
    }

    /// <summary>An instant in UTC: with an offset as it stands, without one local time, a date its start, and a time alone that time today.</summary>
    public static DateTimeOffset? Instant(string? text, DateTimeOffset now)
    {
        if (Time(text) is { } time) return SwedishTime.ToInstant(SwedishTime.LocalDate(now), time);
        if (Parts(text) is not { } match || LocalDateOf(match) is not { } date) return null;
        return match.Groups["clock"].Success ? InstantOf(match, date) : SwedishTime.StartOfDay(date);
    }

    /// <summary>A wall-clock time. Swedish staff also write it with a full stop.</summary>
    public static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(text?.Trim().Replace('.', ':'), ["H:mm", "HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    public static string Write(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static string Write(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Whole seconds, with Sweden's offset of that moment.</summary>
    public static string Write(DateTimeOffset at) => SwedishTime.WithOffset(at).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static Match? Parts(string? text) => text is null || text.Length > 64 || Form().Match(text.Trim()) is not { Success: true } match ? null : match;

    private static DateOnly? LocalDateOf(Match match) =>
        DateOnly.TryParseExact(match.Groups["date"].ValueSpan, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static DateTimeOffset? InstantOf(Match match, DateOnly date)
    {
        int hour = Part("hour"), minute = Part("minute"), second = Part("second");
        if (hour > 23 || minute > 59 || second > 59) return null;
        var fraction = match.Groups["fraction"].Value;
        var ticks = fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(7, '0')[..7], NumberStyles.None, CultureInfo.InvariantCulture);
        var time = new TimeOnly(hour, minute, second).Add(TimeSpan.FromTicks(ticks));
        if (!match.Groups["offset"].Success) return SwedishTime.ToInstant(date, time);

        var minutes = (Part("offsetHour") * 60) + Part("offsetMinute");
        if (Part("offsetMinute") > 59 || minutes > 14 * 60) return null;
        var utc = date.ToDateTime(time).Ticks - (TimeSpan.TicksPerMinute * (match.Groups["sign"].Value == "-" ? -minutes : minutes));
        // What has no local date cannot be shown to anybody.
        return utc < 0 || utc > SwedishTime.ToInstant(DateTime.MaxValue).Ticks ? null : new DateTimeOffset(utc, TimeSpan.Zero);

        int Part(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(
        """
        ^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})
        (?<clock>[Tt ](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})([.,](?<fraction>[0-9]{1,9}))?)?
        (?<offset>[Zz]|(?<sign>[+-])(?<offsetHour>[0-9]{2})(:?(?<offsetMinute>[0-9]{2}))?)?)?\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
