using CaseWorkflows.Testing;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>A browser and a running host with the routines of workflows/ published; each window is signed in by the page that people use.</summary>
public sealed class StudioFixture : BrowserFixture
{
    public const string ProcessOwner = "agare";

    public TestHost Host { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Host = await TestHost.StartAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (Host is not null) await Host.DisposeAsync();
    }

    /// <summary>A window of its own: new cookies, signed in.</summary>
    public async Task<StudioWindow> OpenAsync(string user = ProcessOwner, int width = 1600, int height = 950)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Host.Address.ToString(),
            Locale = "sv-SE",
            TimezoneId = "Europe/Stockholm",
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout((float)Budgets.Seconds(45) * 1000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name=userName]", user);
        await page.FillAsync("[name=password]", "demo");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("logga-in", StringComparison.Ordinal));
        // What the start page does by itself is another test's concern.
        await page.GotoAsync("about:blank");
        return new StudioWindow(context, page, Host.Address);
    }
}
