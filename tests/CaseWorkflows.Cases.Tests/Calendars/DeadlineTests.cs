using CaseWorkflows.Cases.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace CaseWorkflows.Cases.Tests.Calendars;

public sealed class DeadlineTests
{
    private static readonly OpeningHours Clinic = OpeningHours.Weekdays(new TimeOnly(7, 30), new TimeOnly(16, 30));

    [Theory]
    [InlineData("2026-04-02 14:00", 2, "2026-04-08 16:30")]  // ONK-02, Easter
    [InlineData("2026-05-13 10:00", 2, "2026-05-18 16:30")]  // ROLL-06, Kristi himmelsfärdsdag
    [InlineData("2026-06-18 15:00", 1, "2026-06-22 16:30")]  // ROLL-07, Midsummer
    [InlineData("2026-10-30 15:00", 1, "2026-11-02 16:30")]  // ONK-32, Alla helgons dag
    [InlineData("2026-11-21 20:00", 2, "2026-11-24 16:30")]  // arrives on a Saturday: Monday is day 1
    [InlineData("2026-11-23 00:00", 2, "2026-11-25 16:30")]  // the time of day does not matter
    [InlineData("2026-11-23 23:59", 2, "2026-11-25 16:30")]
    public void D04_due_is_closing_time_of_the_nth_working_day(string arrived, int days, string due) =>
        Local(Deadlines.Due(At(arrived), days, Clinic)).Should().Be(DateTime.Parse(due));

    [Fact]
    public void D04_without_hours_that_day_the_limit_is_17_00()
    {
        var mondaysOnly = new OpeningHours(WorkingCalendar.Swedish, new Dictionary<DayOfWeek, IReadOnlyList<TimeInterval>> { [DayOfWeek.Monday] = [new(new(8, 0), new(12, 0))] });
        Local(Deadlines.Due(At("2026-11-23 09:00"), 2, mondaysOnly)).Should().Be(new DateTime(2026, 11, 25, 17, 0, 0));
    }

    [Fact]
    public void D04_same_clock_time_is_the_other_mode() =>
        Local(Deadlines.Due(At("2026-04-02 14:05"), 2, Clinic, DeadlineMode.SammaKlockslag)).Should().Be(new DateTime(2026, 4, 8, 14, 5, 0));

    [Fact]
    public void D05_warning_is_opening_on_the_due_day() =>
        Local(Deadlines.Warning(At("2026-04-08 16:30"), Clinic)).Should().Be(new DateTime(2026, 4, 8, 7, 30, 0));

    [Fact]
    public void D06_the_manager_is_told_at_closing_of_the_next_working_day() =>
        Local(Deadlines.ManagerNotice(At("2026-11-26 16:30"), Clinic)).Should().Be(new DateTime(2026, 11, 27, 16, 30, 0));

    [Fact]
    public void D01_the_change_of_clocks_moves_no_deadline() =>
        Prop.ForAll(Given.Minute, Given.Number(1, 5), (local, n) =>
        {
            var due = Local(Deadlines.Due(SwedishTime.ToInstant(local), n, Clinic));
            return TimeOnly.FromDateTime(due) == new TimeOnly(16, 30)
                // A wall-clock time that spring skips is read an hour later, on the same day.
                && DateOnly.FromDateTime(due) == SlowCalendar.Add(DateOnly.FromDateTime(local), n);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-03-29 12:00", 10)]   // summer time: UTC+2
    [InlineData("2026-03-28 12:00", 11)]
    [InlineData("2026-10-25 12:00", 11)]
    public void D01_instants_are_utc_and_shown_in_Stockholm(string local, int utcHour)
    {
        var at = At(local);
        at.Offset.Should().Be(TimeSpan.Zero);
        at.Hour.Should().Be(utcHour);
        Local(at).Should().Be(DateTime.Parse(local));
    }

    private static DateTimeOffset At(string local) => SwedishTime.ToInstant(DateTime.Parse(local));

    private static DateTime Local(DateTimeOffset at) => SwedishTime.ToLocal(at);
}
