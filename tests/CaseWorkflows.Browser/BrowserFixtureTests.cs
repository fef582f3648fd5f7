using CaseWorkflows.Testing;

namespace CaseWorkflows.Browser;

public sealed class BrowserFixtureTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task A_browser_can_be_had_and_reaches_a_host()
    {
        await using var host = await TestHost.StartAsync();
        await using var context = await fixture.NewContextAsync(host.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/health/live");
        (await page.InnerTextAsync("body")).Should().Be("Healthy");
    }
}
