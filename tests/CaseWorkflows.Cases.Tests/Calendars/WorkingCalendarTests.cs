using CaseWorkflows.Cases.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace CaseWorkflows.Cases.Tests.Calendars;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Swedish;

    [Fact]
    public void D02_easter_is_the_almanac_s() =>
        SlowCalendar.Years.Should().OnlyContain(y => SwedishHolidays.EasterSunday(y) == SlowCalendar.EasterOf(y));

    [Fact]
    public void D02_holidays_and_eves_are_those_of_the_oracle_on_every_day_of_twenty_years()
    {
        foreach (var year in SlowCalendar.Years)
        {
            var expected = SlowCalendar.Holidays(year);
            for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
                SwedishHolidays.IsHoliday(day).Should().Be(expected.Contains(day), $"{day:yyyy-MM-dd}");
        }
    }

    [Theory]
    [InlineData("2026-04-02", true)]   // skärtorsdag
    [InlineData("2026-01-05", true)]   // trettondagsafton
    [InlineData("2026-04-30", true)]   // valborg
    [InlineData("2026-05-15", true)]   // klämdag
    [InlineData("2026-06-19", false)]  // midsommarafton
    [InlineData("2026-12-24", false)]
    [InlineData("2026-12-31", false)]
    [InlineData("2026-10-31", false)]  // Alla helgons dag, lördag
    [InlineData("2026-05-14", false)]  // Kristi himmelsfärdsdag
    public void D02_half_days_work_and_the_three_eves_do_not(string day, bool working) =>
        Calendar.IsWorkingDay(DateOnly.Parse(day)).Should().Be(working);

    [Fact]
    public void D03_saturday_counts_only_by_the_switch()
    {
        var saturday = new DateOnly(2026, 11, 21);
        Calendar.IsWorkingDay(saturday).Should().BeFalse();
        Calendar.IsWorkingDay(saturday, DayKind.VardagInklLördag).Should().BeTrue();
        // a complaint of Friday would be due on Saturday instead of Monday.
        Calendar.Add(new DateOnly(2026, 11, 20), 1, DayKind.VardagInklLördag).Should().Be(saturday);
        Calendar.Add(new DateOnly(2026, 11, 20), 1).Should().Be(new DateOnly(2026, 11, 23));
    }

    [Fact]
    public void D04_adding_working_days_agrees_with_walking() =>
        Prop.ForAll(Given.Day, Given.Number(0, 15), (day, n) => n == 0 ? Calendar.Add(day, 0) >= day : Calendar.Add(day, n) == SlowCalendar.Add(day, n))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Counting_is_the_inverse_of_adding() =>
        Prop.ForAll(Given.Day, Given.Number(1, 15), (day, n) => Calendar.Count(day.AddDays(1), Calendar.Add(day, n)) == n).QuickCheckThrowOnFailure();

    [Fact]
    public void Before_is_the_nearest_earlier_working_day() =>
        Prop.ForAll(Given.Day, day => Calendar.Before(day) is var b && b < day && Calendar.IsWorkingDay(b) && Calendar.Count(b.AddDays(1), day.AddDays(-1)) == 0)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void ROLL17_the_week_after_Easter_2026_begins_on_Tuesday() =>
        Calendar.Week(new DateOnly(2026, 4, 6)).Should().Be((new DateOnly(2026, 4, 7), new DateOnly(2026, 4, 10)));

    [Theory]
    [InlineData("2026-04-02", "2026-04-07", 2)]
    [InlineData("2026-04-02", "2026-04-08", 3)]
    [InlineData("2026-12-23", "2026-12-28", 2)]
    [InlineData("2026-12-23", "2026-12-29", 3)]
    public void ONK36_ROLL20_absences_are_counted_in_working_days(string from, string to, int days) =>
        Calendar.Count(DateOnly.Parse(from), DateOnly.Parse(to)).Should().Be(days);

    [Fact]
    public void A_region_may_add_and_take_away_days()
    {
        var own = new WorkingCalendar(closed: [new DateOnly(2026, 4, 30)], worked: [new DateOnly(2026, 12, 31)]);
        own.IsWorkingDay(new DateOnly(2026, 4, 30)).Should().BeFalse();
        own.IsWorkingDay(new DateOnly(2026, 12, 31)).Should().BeTrue();
    }
}
