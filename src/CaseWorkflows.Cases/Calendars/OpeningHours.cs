namespace CaseWorkflows.Cases.Calendars;

/// <summary>
/// When a unit is open: hours per weekday on working days, hours on other days, and hours for single dates, which win over both.
/// All arithmetic is on wall-clock intervals, so the change to and from summer time moves no deadline (D-01).
/// </summary>
public sealed class OpeningHours
{
    // A unit without any hours must not send the search on for ever; two years covers every real closure.
    private const int SearchDays = 731;

    private readonly Dictionary<DayOfWeek, IReadOnlyList<TimeInterval>> _weekdays;
    private readonly IReadOnlyList<TimeInterval> _otherDays;
    private readonly Dictionary<DateOnly, IReadOnlyList<TimeInterval>> _special;

    public OpeningHours(
        WorkingCalendar calendar,
        IReadOnlyDictionary<DayOfWeek, IReadOnlyList<TimeInterval>> weekdays,
        IReadOnlyList<TimeInterval>? otherDays = null,
        IReadOnlyDictionary<DateOnly, IReadOnlyList<TimeInterval>>? special = null)
    {
        Calendar = calendar;
        _weekdays = weekdays.ToDictionary(p => p.Key, p => Ordered(p.Value));
        _otherDays = Ordered(otherDays ?? []);
        _special = (special ?? new Dictionary<DateOnly, IReadOnlyList<TimeInterval>>()).ToDictionary(p => p.Key, p => Ordered(p.Value));
    }

    public WorkingCalendar Calendar { get; }

    /// <summary>Monday to Friday, the same hours, closed on every other day.</summary>
    public static OpeningHours Weekdays(TimeOnly from, TimeOnly to, WorkingCalendar? calendar = null) =>
        new(calendar ?? WorkingCalendar.Swedish,
            Enumerable.Range(1, 5).ToDictionary(d => (DayOfWeek)d, _ => (IReadOnlyList<TimeInterval>)[new TimeInterval(from, to)]));

    public IReadOnlyList<TimeInterval> On(DateOnly day) =>
        _special.TryGetValue(day, out var special) ? special
        : Calendar.IsWorkingDay(day, DayKind.VardagInklLördag) && _weekdays.TryGetValue(day.DayOfWeek, out var hours) ? hours
        : _otherDays;

    public bool IsSpecial(DateOnly day) => _special.ContainsKey(day);

    public TimeOnly? OpeningOn(DateOnly day) => On(day) is [var first, ..] ? first.From : null;

    public TimeOnly? ClosingOn(DateOnly day) => On(day) is [.., var last] ? last.To : null;

    public bool IsOpenAt(DateTimeOffset instant)
    {
        var local = SwedishTime.ToLocal(instant);
        var time = TimeOnly.FromDateTime(local);
        return On(DateOnly.FromDateTime(local)).Any(i => i.From <= time && time < i.To);
    }

    /// <summary>The first instant strictly after <paramref name="instant"/> at which a day's first interval opens.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset instant)
    {
        var day = SwedishTime.LocalDate(instant);
        for (var i = 0; i < SearchDays; i++, day = SwedishTime.Plus(day, 1))
        {
            if (OpeningOn(day) is { } opening && SwedishTime.ToInstant(day, opening) is var at && at > instant) return at;
        }

        return null;
    }

    /// <summary>The first closing of a day strictly after <paramref name="instant"/>.</summary>
    public DateTimeOffset? NextClosing(DateTimeOffset instant)
    {
        var day = SwedishTime.LocalDate(instant);
        for (var i = 0; i < SearchDays; i++, day = SwedishTime.Plus(day, 1))
        {
            if (ClosingOn(day) is { } closing && SwedishTime.ToInstant(day, closing) is var at && at > instant) return at;
        }

        return null;
    }

    /// <summary>Adds open time (D-08): the instant at which that much of the unit's own opening time has passed. Null when it never does.</summary>
    public DateTimeOffset? AddOpenTime(DateTimeOffset from, TimeSpan open)
    {
        var local = SwedishTime.ToLocal(from);
        var left = open;
        var day = DateOnly.FromDateTime(local);
        var after = TimeOnly.FromDateTime(local);
        for (var i = 0; i < SearchDays; i++, day = SwedishTime.Plus(day, 1), after = TimeOnly.MinValue)
        {
            foreach (var interval in On(day))
            {
                if (interval.To <= after) continue;
                var start = interval.From > after ? interval.From : after;
                var length = interval.To - start;
                if (left <= length) return SwedishTime.ToInstant(day.ToDateTime(start) + left);
                left -= length;
            }
        }

        return null;
    }

    /// <summary>How much of the unit's opening time lies between two instants (D-08).</summary>
    public TimeSpan OpenTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from) return TimeSpan.Zero;
        DateTime start = SwedishTime.ToLocal(from), end = SwedishTime.ToLocal(to);
        var sum = TimeSpan.Zero;
        for (var number = DateOnly.FromDateTime(start).DayNumber; number <= DateOnly.FromDateTime(end).DayNumber; number++)
        {
            var day = DateOnly.FromDayNumber(number);
            foreach (var interval in On(day))
            {
                DateTime opens = day.ToDateTime(interval.From), closes = day.ToDateTime(interval.To);
                var a = opens > start ? opens : start;
                var b = closes < end ? closes : end;
                if (b > a) sum += b - a;
            }
        }

        return sum;
    }

    private static IReadOnlyList<TimeInterval> Ordered(IReadOnlyList<TimeInterval> intervals) =>
        [.. intervals.Where(i => i.From < i.To).OrderBy(i => i.From)];
}
