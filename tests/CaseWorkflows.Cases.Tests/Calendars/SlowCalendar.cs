using CaseWorkflows.Cases.Calendars;

namespace CaseWorkflows.Cases.Tests.Calendars;

/// <summary>The oracle: day by day and minute by minute, with Easter from a table and movable days by walking. Slow, and obviously right.</summary>
internal static class SlowCalendar
{
    // Easter Sundays as printed in almanacs.
    private static readonly Dictionary<int, DateOnly> Easter = new()
    {
        [2019] = new(2019, 4, 21), [2020] = new(2020, 4, 12), [2021] = new(2021, 4, 4), [2022] = new(2022, 4, 17), [2023] = new(2023, 4, 9),
        [2024] = new(2024, 3, 31), [2025] = new(2025, 4, 20), [2026] = new(2026, 4, 5), [2027] = new(2027, 3, 28), [2028] = new(2028, 4, 16),
        [2029] = new(2029, 4, 1), [2030] = new(2030, 4, 21), [2031] = new(2031, 4, 13), [2032] = new(2032, 3, 28), [2033] = new(2033, 4, 17),
        [2034] = new(2034, 4, 9), [2035] = new(2035, 3, 25), [2036] = new(2036, 4, 13), [2037] = new(2037, 4, 5), [2038] = new(2038, 4, 25)
    };

    public static IEnumerable<int> Years => Easter.Keys;

    public static DateOnly EasterOf(int year) => Easter[year];

    public static HashSet<DateOnly> Holidays(int year)
    {
        var easter = Easter[year];
        var midsummer = First(new DateOnly(year, 6, 20), DayOfWeek.Saturday);
        return
        [
            new(year, 1, 1), new(year, 1, 6), easter.AddDays(-2), easter, easter.AddDays(1), new(year, 5, 1), easter.AddDays(39), easter.AddDays(49), new(year, 6, 6),
            midsummer.AddDays(-1), midsummer, First(new DateOnly(year, 10, 31), DayOfWeek.Saturday), new(year, 12, 24), new(year, 12, 25), new(year, 12, 26), new(year, 12, 31)
        ];
    }

    public static bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays(day.Year).Contains(day);

    public static DateOnly Add(DateOnly day, int n)
    {
        while (n > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day)) n--;
        }

        return day;
    }

    /// <summary>Counts open minutes one by one on the wall clock.</summary>
    public static int OpenMinutes(OpeningHours hours, DateTime from, DateTime to)
    {
        var count = 0;
        for (var at = from; at < to; at = at.AddMinutes(1))
        {
            var time = TimeOnly.FromDateTime(at);
            if (hours.On(DateOnly.FromDateTime(at)).Any(i => i.From <= time && time < i.To)) count++;
        }

        return count;
    }

    private static DateOnly First(DateOnly from, DayOfWeek weekday)
    {
        while (from.DayOfWeek != weekday) from = from.AddDays(1);
        return from;
    }
}
