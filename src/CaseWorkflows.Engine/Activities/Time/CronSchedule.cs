using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Execution;
using Quartz;

namespace CaseWorkflows.Engine.Activities.Time;

/// <summary>
/// A cron expression in Swedish wall-clock time. Written as Elsa has it: five fields, or six with seconds first; * for both kinds of
/// day; weekdays by name or 0–7 from Sunday. Quartz's own ? is understood too.
/// </summary>
public sealed partial class CronSchedule
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly (int From, int To)[] Ranges = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12)];
    private readonly CronExpression _cron;

    private CronSchedule(CronExpression cron)
    {
        _cron = cron;
    }

    /// <returns>Null when it parsed, else a Swedish message.</returns>
    public static string? TryParse(string text, out CronSchedule? schedule)
    {
        ArgumentNullException.ThrowIfNull(text);
        schedule = null;
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length == 5) fields = ["0", .. fields];
        if (fields.Length is < 6 or > 7) return $"\"{text}\" är inte ett cron-uttryck. Det ska ha sex delar: sekund minut timme dag månad veckodag.";
        for (var i = 0; i < Ranges.Length; i++)
        {
            if (Number().Matches(fields[i]).Any(m => !int.TryParse(m.Value, out var n) || n < Ranges[i].From || n > Ranges[i].To)) return $"\"{text}\" är inte ett giltigt cron-uttryck: del {i + 1} ({fields[i]}) ska ligga mellan {Ranges[i].From} och {Ranges[i].To}.";
        }

        fields[5] = Weekdays(fields[5]);
        if (fields[5] == "*") fields[5] = "?";
        if (fields[5] != "?" && fields[3] == "*") fields[3] = "?";
        if (fields[3] != "?" && fields[5] != "?") return $"\"{text}\" anger både dag i månaden och veckodag; ange den ena och skriv * för den andra.";
        if (fields[3] == "?" && fields[5] == "?") fields[3] = "*";
        try
        {
            var parsed = new CronSchedule(new CronExpression(string.Join(' ', fields), SwedishTime.Zone));
            if (parsed.Next(Epoch) is null) return $"\"{text}\" är ett cron-uttryck som aldrig infaller.";
            schedule = parsed;
            return null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return $"\"{text}\" är inte ett giltigt cron-uttryck.";
        }
    }

    public DateTimeOffset? Next(DateTimeOffset after) => _cron.GetNextValidTimeAfter(after);

    /// <summary>Quartz counts weekdays 1–7 from Sunday; Elsa, like Unix, 0–7.</summary>
    private static string Weekdays(string field)
    {
        var hash = field.IndexOf('#', StringComparison.Ordinal);
        var (days, rest) = hash < 0 ? (field, "") : (field[..hash], field[hash..]);
        var slash = days.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) (days, rest) = (days[..slash], days[slash..] + rest);
        return Digit().Replace(days, m => ((int.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture) % 7) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)) + rest;
    }

    [GeneratedRegex(@"(?<!/)\b\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<![A-Za-z])[0-7](?!\d)")]
    private static partial Regex Digit();
}
