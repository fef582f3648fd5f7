using CaseWorkflows.Cases.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace CaseWorkflows.Cases.Tests.Calendars;

/// <summary>Arbitrary days, times and hours within the years that the oracle knows.</summary>
internal static class Given
{
    private static readonly DateOnly First = new(2019, 2, 1);
    private static readonly DateOnly Last = new(2038, 10, 31);

    public static Arbitrary<DateOnly> Day { get; } =
        Gen.Choose(First.DayNumber, Last.DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    public static Arbitrary<DateTime> Minute { get; } =
        Gen.Choose(First.DayNumber, Last.DayNumber).SelectMany(d => Gen.Choose(0, 24 * 60 - 1), (d, m) => DateOnly.FromDayNumber(d).ToDateTime(default).AddMinutes(m)).ToArbitrary();

    public static Arbitrary<int> Number(int from, int to) => Gen.Choose(from, to).ToArbitrary();

    /// <summary>Weekday hours with or without a lunch break.</summary>
    public static Arbitrary<OpeningHours> Hours { get; } =
        Gen.Choose(6, 10).SelectMany(_ => Gen.Choose(14, 22), (opens, closes) => (opens, closes))
            .SelectMany(_ => ArbMap.Default.GeneratorFor<bool>(), (t, lunch) => Make(t.opens, t.closes, lunch)).ToArbitrary();

    private static OpeningHours Make(int opens, int closes, bool lunch)
    {
        IReadOnlyList<TimeInterval> intervals = lunch
            ? [new TimeInterval(new TimeOnly(opens, 30), new TimeOnly(12, 0)), new TimeInterval(new TimeOnly(13, 0), new TimeOnly(closes, 15))]
            : [new TimeInterval(new TimeOnly(opens, 30), new TimeOnly(closes, 15))];
        return new OpeningHours(WorkingCalendar.Swedish, Enumerable.Range(1, 5).ToDictionary(d => (DayOfWeek)d, _ => intervals));
    }
}
