namespace CaseWorkflows.Scenarios.Driver;

/// <summary>One host on Monday 2026-11-23 09:00 for tests that do not move the clock; each makes cases of its own.</summary>
public sealed class MondayMorning : IAsyncLifetime
{
    public Scenario Scenario { get; private set; } = null!;

    public async Task InitializeAsync() => Scenario = await Scenario.StartAsync("2026-11-23 09:00");

    public async Task DisposeAsync() => await Scenario.DisposeAsync();
}
