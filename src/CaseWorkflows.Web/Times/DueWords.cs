using CaseWorkflows.Cases.Calendars;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Times;

/// <summary>A deadline in words, the way a colleague would say it, with its degree of urgency.</summary>
internal sealed record DueWords(string Text, Urgency Urgency)
{
    public static DueWords Of(DateTimeOffset due, DateTimeOffset now)
    {
        var local = SwedishTime.ToLocal(due);
        var days = DateOnly.FromDateTime(local).DayNumber - SwedishTime.LocalDate(now).DayNumber;
        var left = due - now;
        if (left <= TimeSpan.Zero) return new(T("due.over", Span(-left, -days)), Urgency.Over);
        if (days == 0)
        {
            return left < TimeSpan.FromHours(1)
                ? new(T("due.soon", Clock.Time(due), Math.Max(1, (int)left.TotalMinutes)), Urgency.Today)
                : new(T("due.today", Clock.Time(due)), Urgency.Today);
        }

        return new(days == 1 ? T("due.tomorrow", Clock.Time(due)) : days < 7
            ? T("due.weekday", Clock.Weekday(due), Clock.Time(due))
            : Clock.DayAndTime(due, now), Urgency.Later);
    }

    private static string Span(TimeSpan span, int days) =>
        span < TimeSpan.FromHours(1) ? T("span.minutes", Math.Max(1, (int)span.TotalMinutes))
        : days == 0 || span < TimeSpan.FromHours(12) ? T("span.hours", (int)span.TotalHours)
        : days <= 1 ? T("span.day")
        : T("span.days", days);
}
