namespace CaseWorkflows.Browser.Studio;

/// <summary>One window in which all routines are opened, one after the other, as by somebody who reads through them.</summary>
public sealed class RoutineTour(StudioFixture studio) : IAsyncLifetime
{
    public StudioWindow Window { get; private set; } = null!;

    public async Task InitializeAsync() => Window = await studio.OpenAsync();

    public async Task DisposeAsync()
    {
        if (Window is not null) await Window.DisposeAsync();
    }
}
