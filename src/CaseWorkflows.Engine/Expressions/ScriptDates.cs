using CaseWorkflows.Engine.Execution;
using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>
/// How <c>toLocaleDateString</c> and its like write a date: as Swedish does (CLDR), in Swedish time. The engine's own way is that of
/// no language, and knows no Swedish time.
/// </summary>
internal static class ScriptDates
{
    private static readonly string[] Months = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];
    private static readonly string[] ShortMonths = ["jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."];
    private static readonly string[] Days = ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"];
    private static readonly string[] ShortDays = ["sön", "mån", "tis", "ons", "tors", "fre", "lör"];

    /// <param name="date">The date.</param>
    /// <param name="arguments">Locale and options as JavaScript has them; only Swedish is written.</param>
    /// <param name="withDate">Whether the day is written when the options name no part.</param>
    /// <param name="withTime">Whether the time of day is.</param>
    /// <exception cref="ExpressionException">Another language, or a time zone that does not exist.</exception>
    public static string Write(JsDate date, JsValue[] arguments, bool withDate, bool withTime)
    {
        if (double.IsNaN(date.DateValue)) return "Invalid Date";
        var locale = arguments.Length > 0 ? arguments[0] : JsValue.Undefined;
        if (!locale.IsUndefined() && !(locale.IsString() && locale.AsString() is "sv" or "sv-SE")) throw new ExpressionException("Datum skrivs på svenska här. Ange 'sv-SE'.");
        var options = arguments.Length > 1 ? arguments[1] as ObjectInstance : null;
        var utc = new DateTimeOffset(date.ToDateTime().ToUniversalTime());
        var local = TimeZoneInfo.ConvertTime(utc, Zone(Option(options, "timeZone")));
        var (day, month, year, weekday) = (Option(options, "day"), Option(options, "month"), Option(options, "year"), Option(options, "weekday"));
        var (hour, minute, second) = (Option(options, "hour"), Option(options, "minute"), Option(options, "second"));
        var (dateStyle, timeStyle) = (Option(options, "dateStyle"), Option(options, "timeStyle"));
        if (dateStyle is not null || timeStyle is not null) return Joined(Styled(local, dateStyle), timeStyle is null ? null : local.ToString(timeStyle == "short" ? "HH:mm" : "HH:mm:ss", Invariant), dateStyle is "full" or "long");

        if ((day ?? month ?? year ?? weekday ?? hour ?? minute ?? second) is null)
        {
            if (withDate) day = month = year = "numeric";
            if (withTime) hour = minute = second = "numeric";
        }

        var time = (hour, minute, second) switch
        {
            (null, null, null) => null,
            (not null, null, null) => local.ToString("HH", Invariant),
            (not null, not null, null) => local.ToString("HH:mm", Invariant),
            (null, not null, null) => local.Minute.ToString(Invariant),
            (null, null, not null) => local.Second.ToString(Invariant),
            (null, not null, not null) => local.ToString("mm:ss", Invariant),
            _ => local.ToString("HH:mm:ss", Invariant),
        };
        return Joined(Parts(local, weekday, day, month, year), time, month is "long");
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static string Joined(string? date, string? time, bool spelled) => (date, time) switch
    {
        (null, null) => "",
        (null, _) => time,
        (_, null) => date,
        _ => spelled ? $"{date} kl. {time}" : $"{date} {time}",
    };

    private static string? Styled(DateTimeOffset t, string? style) => style switch
    {
        null => null,
        "full" => Parts(t, "long", "numeric", "long", "numeric"),
        "long" => Parts(t, null, "numeric", "long", "numeric"),
        "medium" => Parts(t, null, "numeric", "short", "numeric"),
        _ => Parts(t, null, "numeric", "numeric", "numeric"),
    };

    private static string? Parts(DateTimeOffset t, string? weekday, string? day, string? month, string? year)
    {
        var name = weekday switch
        {
            null => null,
            "long" => Days[(int)t.DayOfWeek],
            "narrow" => Days[(int)t.DayOfWeek][..1].ToUpperInvariant(),
            _ => ShortDays[(int)t.DayOfWeek],
        };
        var named = month is "long" or "short" or "narrow";
        var date = (year, month, day) switch
        {
            (null, null, null) => null,
            _ when named => string.Join(' ', new[] { Number(day, t.Day), Month(t, month!), Number(year, t.Year) }.Where(p => p is not null)),
            (not null, not null, not null) => t.ToString("yyyy-MM-dd", Invariant),
            (not null, not null, null) => t.ToString("yyyy-MM", Invariant),
            (null, not null, not null) => $"{Number(day, t.Day)}/{Number(month, t.Month)}",
            _ => Number(day, t.Day) ?? Number(month, t.Month) ?? Number(year, t.Year),
        };
        return name is null ? date : date is null ? name : $"{name} {date}";
    }

    private static string Month(DateTimeOffset t, string form) => form switch
    {
        "long" => Months[t.Month - 1],
        "narrow" => Months[t.Month - 1][..1].ToUpperInvariant(),
        _ => ShortMonths[t.Month - 1],
    };

    private static string? Number(string? form, int value) => form switch
    {
        null => null,
        "2-digit" => (value % 100).ToString("00", Invariant),
        _ => value.ToString(Invariant),
    };

    private static string? Option(ObjectInstance? options, string name) => options?.Get(name) is { } value && value.IsString() ? value.AsString() : null;

    private static TimeZoneInfo Zone(string? id)
    {
        if (id is null) return SwedishTime.Zone;
        return id.Length <= 50 && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : throw new ExpressionException("Tidszonen finns inte. Utan tidszon skrivs svensk tid.");
    }
}
