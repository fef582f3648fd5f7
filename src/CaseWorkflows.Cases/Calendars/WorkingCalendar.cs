namespace CaseWorkflows.Cases.Calendars;

/// <summary>Counts working days, with a region's own dated exceptions on top of the Swedish holidays.</summary>
public sealed class WorkingCalendar
{
    public static readonly WorkingCalendar Swedish = new();

    private readonly HashSet<DateOnly> _closed;
    private readonly HashSet<DateOnly> _worked;

    public WorkingCalendar(IEnumerable<DateOnly>? closed = null, IEnumerable<DateOnly>? worked = null)
    {
        _closed = [.. closed ?? []];
        _worked = [.. worked ?? []];
    }

    public bool IsHoliday(DateOnly day) =>
        _closed.Contains(day) || (!_worked.Contains(day) && SwedishHolidays.IsHoliday(day));

    public bool IsWorkingDay(DateOnly day, DayKind kind = DayKind.Arbetsdag) =>
        !IsHoliday(day)
        && day.DayOfWeek != DayOfWeek.Sunday
        && (day.DayOfWeek != DayOfWeek.Saturday || kind == DayKind.VardagInklLördag);

    /// <summary>
    /// The n-th working day strictly after <paramref name="day"/>; n = 0 is the day itself or the next working day. Past the calendar's last day it is
    /// that day.
    /// </summary>
    public DateOnly Add(DateOnly day, int n, DayKind kind = DayKind.Arbetsdag)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (n == 0) return OnOrAfter(day, kind);
        // Every working day is a day: so many are not left.
        if (n > DateOnly.MaxValue.DayNumber - day.DayNumber) return DateOnly.MaxValue;
        for (var left = n; left > 0 && day < DateOnly.MaxValue;)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day, kind)) left--;
        }

        return day;
    }

    public DateOnly OnOrAfter(DateOnly day, DayKind kind = DayKind.Arbetsdag)
    {
        while (!IsWorkingDay(day, kind) && day < DateOnly.MaxValue) day = day.AddDays(1);
        return day;
    }

    public DateOnly Before(DateOnly day, DayKind kind = DayKind.Arbetsdag)
    {
        do day = SwedishTime.Plus(day, -1); while (!IsWorkingDay(day, kind) && day > DateOnly.MinValue);
        return day;
    }

    /// <summary>Working days from and including <paramref name="from"/> to and including <paramref name="to"/>.</summary>
    public int Count(DateOnly from, DateOnly to, DayKind kind = DayKind.Arbetsdag)
    {
        var count = 0;
        for (var number = from.DayNumber; number <= to.DayNumber; number++)
            if (IsWorkingDay(DateOnly.FromDayNumber(number), kind)) count++;
        return count;
    }

    /// <summary>First and last working day of the ISO week that holds the day, or null in a week without any.</summary>
    public (DateOnly First, DateOnly Last)? Week(DateOnly day)
    {
        // The calendar begins on a Monday; its last week ends with its last day.
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        var days = Enumerable.Range(0, 7).Select(i => SwedishTime.Plus(monday, i)).Distinct().Where(d => IsWorkingDay(d)).ToList();
        return days.Count == 0 ? null : (days[0], days[^1]);
    }
}
