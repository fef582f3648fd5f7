using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>How long a routine may wait. What lies further away is a mistake, and arithmetic with it would leave the calendar.</summary>
public static class TimeBounds
{
    public const int Years = 100;

    public static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    /// <summary>The instant after a wait; one of less than no time is over at once.</summary>
    /// <exception cref="FormatException">The wait is too long; with a Swedish sentence.</exception>
    public static DateTimeOffset After(DateTimeOffset start, TimeSpan wait)
    {
        Demand(wait);
        return wait <= TimeSpan.Zero ? start : start + wait;
    }

    /// <exception cref="FormatException">The wait is too long; with a Swedish sentence.</exception>
    public static void Demand(TimeSpan wait)
    {
        if (wait > Longest) throw new FormatException($"Tiden {wait:c} är för lång. Högst {Years} år går att vänta.");
    }

    /// <exception cref="FormatException">The instant is too far away; with a Swedish sentence.</exception>
    public static void Demand(DateTimeOffset now, DateTimeOffset due)
    {
        if (due - now > Longest) throw new FormatException($"Tidpunkten {due:yyyy-MM-dd} ligger för långt fram. Högst {Years} år går att vänta.");
    }

    /// <summary>Reports a length of time, written as it is, that cannot be read or waited for.</summary>
    public static void Check(ActivityValidation v, string input, Input? value, string shown)
    {
        ArgumentNullException.ThrowIfNull(v);
        if (IsNumber(value) || ActivityValidation.LiteralText(value)?.Trim() is not { Length: > 0 } text) return;
        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var length))
            v.Problem(input, "time", $"’{shown}’ är ”{text}”. Ange en tid som dagar.timmar:minuter:sekunder, högst {Years} år.");
        else if (length > Longest)
            v.Problem(input, "time", $"’{shown}’ är {text}. Högst {Years} år går att vänta.");
    }

    // Milliseconds, from code and from other tools.
    private static bool IsNumber(Input? value) => value?.Expression?.Value is JsonValue number && number.GetValueKind() == JsonValueKind.Number;
}
