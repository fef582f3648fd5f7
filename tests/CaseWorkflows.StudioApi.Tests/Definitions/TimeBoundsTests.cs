namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>Waits and series that no calendar holds are told at publish (F-5).</summary>
public sealed class TimeBoundsTests
{
    [Theory]
    [InlineData("Elsa.Timer", "interval", "10675199.00:00:00", "Mellanrum")]
    [InlineData("Elsa.Timer", "interval", "10675200.00:00:00", "Mellanrum")]
    [InlineData("Elsa.Timer", "interval", "en timme", "Mellanrum")]
    [InlineData("Elsa.Delay", "timeSpan", "36526.00:00:00", "Tid")]
    [InlineData("Elsa.Delay", "timeSpan", "99999999999.00:00:00", "Tid")]
    [InlineData("Elsa.StartAt", "dateTime", "10000-01-01", "Tidpunkt")]
    [InlineData("Elsa.StartAt", "dateTime", "i morgon", "Tidpunkt")]
    [InlineData("Elsa.Cron", "cronExpression", "0 0 0 30 2 *", "aldrig")]
    [InlineData("CaseWorkflows.WorkingDayDelay", "days", "1000000000", "Antal arbetsdagar")]
    [InlineData("CaseWorkflows.WorkingDayDelay", "days", "10000000000", "Antal arbetsdagar")]
    [InlineData("CaseWorkflows.SetDeadline", "days", "1e12", "Antal dagar")]
    [InlineData("CaseWorkflows.OpenHoursDelay", "minutes", "2147483647", "Minuter")]
    [InlineData("CaseWorkflows.BeforeClosing", "minutes", "2147483647", "Minuter före stängning")]
    [InlineData("CaseWorkflows.AwaitResident", "days", "1000000000", "Högst arbetsdagar")]
    public async Task F_5_what_no_calendar_holds_is_a_finding(string type, string input, string value, string named) =>
        (await Gate.CheckAsync(Gate.Around(Gate.Step(type, "Steget", (input, value)), "Done"))).Select(f => f.Message).Should().Contain(m => m.Contains(named, StringComparison.Ordinal));

    [Theory]
    [InlineData("Elsa.Timer", "interval", "1.00:00:00")]
    [InlineData("Elsa.Delay", "timeSpan", "36525.00:00:00")]
    [InlineData("Elsa.StartAt", "dateTime", "2026-03-31 08:00")]
    [InlineData("CaseWorkflows.WorkingDayDelay", "days", "10000")]
    public async Task F_5_what_the_calendar_holds_is_none(string type, string input, string value) =>
        (await Gate.CheckAsync(Gate.Around(Gate.Step(type, "Steget", (input, value)), "Done"))).Select(f => f.Message)
            .Should().NotContain(m => m.Contains("100 år", StringComparison.Ordinal) || m.Contains("tidpunkt", StringComparison.Ordinal) || m.Contains("högst", StringComparison.Ordinal));
}
