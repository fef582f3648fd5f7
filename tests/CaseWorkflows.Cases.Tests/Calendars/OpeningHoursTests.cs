using CaseWorkflows.Cases.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace CaseWorkflows.Cases.Tests.Calendars;

public sealed class OpeningHoursTests
{
    [Fact]
    public void D08_open_time_between_is_what_counting_minutes_gives() =>
        Prop.ForAll(Given.Hours, Given.Minute, Given.Number(0, 6 * 24 * 60), (hours, from, minutes) =>
        {
            var to = from.AddMinutes(minutes);
            if (Skipped(from) || Skipped(to)) return true;
            return hours.OpenTimeBetween(SwedishTime.ToInstant(from), SwedishTime.ToInstant(to)).TotalMinutes == SlowCalendar.OpenMinutes(hours, from, to);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void D08_adding_open_time_is_the_inverse_of_measuring_it() =>
        Prop.ForAll(Given.Hours, Given.Minute, Given.Number(1, 40 * 60), (hours, from, minutes) =>
        {
            if (Skipped(from)) return true;
            var end = hours.AddOpenTime(SwedishTime.ToInstant(from), TimeSpan.FromMinutes(minutes));
            return end is { } at && hours.OpenTimeBetween(SwedishTime.ToInstant(from), at) == TimeSpan.FromMinutes(minutes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Opening_and_closing_follow_one_another() =>
        Prop.ForAll(Given.Hours, Given.Minute, (hours, local) =>
        {
            var from = SwedishTime.ToInstant(local);
            return hours.NextOpening(from) is { } opens && opens > from && hours.IsOpenAt(opens) && !hours.IsOpenAt(opens.AddMinutes(-1))
                && hours.NextClosing(from) is { } closes && closes > from && !hours.IsOpenAt(closes) && hours.IsOpenAt(closes.AddMinutes(-1));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void D08_special_hours_of_a_date_are_the_unit_s_opening_time()
    {
        var hours = new OpeningHours(WorkingCalendar.Swedish,
            Enumerable.Range(1, 5).ToDictionary(d => (DayOfWeek)d, _ => (IReadOnlyList<TimeInterval>)[new(new(8, 0), new(17, 0))]),
            special: new Dictionary<DateOnly, IReadOnlyList<TimeInterval>> { [new(2026, 12, 23)] = [new(new(8, 0), new(13, 0))] });
        // 12:00 on the short day: one hour left there, the next working day after Christmas is Monday the 28th.
        SwedishTime.ToLocal(hours.AddOpenTime(At("2026-12-23 12:00"), TimeSpan.FromHours(2))!.Value).Should().Be(new DateTime(2026, 12, 28, 9, 0, 0));
        hours.ClosingOn(new(2026, 12, 23)).Should().Be(new TimeOnly(13, 0));
    }

    [Fact]
    public void On_call_hours_differ_between_working_days_and_other_days()
    {
        var onCall = new OpeningHours(WorkingCalendar.Swedish,
            Enumerable.Range(1, 5).ToDictionary(d => (DayOfWeek)d, _ => (IReadOnlyList<TimeInterval>)[new(new(17, 0), new(21, 0))]),
            otherDays: [new(new(9, 0), new(17, 0))]);
        onCall.OpeningOn(new(2026, 4, 2)).Should().Be(new TimeOnly(17, 0));
        onCall.OpeningOn(new(2026, 4, 3)).Should().Be(new TimeOnly(9, 0), "Good Friday");
        onCall.OpeningOn(new(2026, 4, 4)).Should().Be(new TimeOnly(9, 0), "a Saturday");
    }

    [Fact]
    public void D01_an_open_hour_over_the_night_of_the_change_is_sixty_minutes_of_wall_clock()
    {
        var always = new OpeningHours(WorkingCalendar.Swedish, new Dictionary<DayOfWeek, IReadOnlyList<TimeInterval>>(), otherDays: [new(new(0, 0), new(12, 0))]);
        always.OpenTimeBetween(At("2026-03-29 00:00"), At("2026-03-29 12:00")).Should().Be(TimeSpan.FromHours(12));
        always.OpenTimeBetween(At("2026-10-25 00:00"), At("2026-10-25 12:00")).Should().Be(TimeSpan.FromHours(12));
    }

    [Fact]
    public void A_unit_without_hours_never_opens()
    {
        var closed = new OpeningHours(WorkingCalendar.Swedish, new Dictionary<DayOfWeek, IReadOnlyList<TimeInterval>>());
        closed.NextOpening(At("2026-04-02 14:00")).Should().BeNull();
        closed.AddOpenTime(At("2026-04-02 14:00"), TimeSpan.FromMinutes(1)).Should().BeNull();
    }

    // Wall-clock times that the spring change skips have no instant of their own.
    private static bool Skipped(DateTime local) => SwedishTime.ToLocal(SwedishTime.ToInstant(local)) != local;

    private static DateTimeOffset At(string local) => SwedishTime.ToInstant(DateTime.Parse(local));
}
