namespace CaseWorkflows.Browser.Studio;

/// <summary>One window for all tests of a class, as of somebody who works in Studio all day: Studio starts once, and goes from routine to routine.</summary>
public sealed class SharedWindow(StudioFixture studio) : IAsyncLifetime
{
    public StudioWindow Window { get; private set; } = null!;

    public async Task InitializeAsync() => Window = await studio.OpenAsync();

    public async Task DisposeAsync()
    {
        if (Window is not null) await Window.DisposeAsync();
    }
}
