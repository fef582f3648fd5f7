using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Web.Texts;

namespace CaseWorkflows.Web.Times;

/// <summary>Instants as staff read them: Stockholm time, Swedish names, the year only when it is another one.</summary>
internal static class Clock
{
    public static string Time(DateTimeOffset at) => SwedishTime.ToLocal(at).ToString("HH:mm", Text.Swedish);

    public static string Weekday(DateTimeOffset at) => SwedishTime.ToLocal(at).ToString("ddd", Text.Swedish);

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", Text.Swedish);

    public static string DayAndTime(DateTimeOffset at, DateTimeOffset now)
    {
        var local = SwedishTime.ToLocal(at);
        return local.ToString(local.Year == SwedishTime.ToLocal(now).Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm", Text.Swedish);
    }

    /// <summary>Full and sortable, for facts and for the title of a shortened time.</summary>
    public static string Full(DateTimeOffset at) => SwedishTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm", Text.Swedish);

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Machine(DateTimeOffset at) => SwedishTime.WithOffset(at).ToString("yyyy-MM-ddTHH:mm:sszzz", Text.Swedish);

    /// <summary>Nearby days as words.</summary>
    public static string When(DateTimeOffset at, DateTimeOffset now) =>
        (SwedishTime.LocalDate(now).DayNumber - SwedishTime.LocalDate(at).DayNumber) switch
        {
            0 => Text.T("when.today", Time(at)),
            1 => Text.T("when.yesterday", Time(at)),
            _ => DayAndTime(at, now),
        };

    /// <summary>The same inside a sentence.</summary>
    public static string Within(DateTimeOffset at, DateTimeOffset now) => string.Concat(When(at, now)[..1].ToLower(Text.Swedish), When(at, now)[1..]);
}
