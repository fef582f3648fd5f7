using CaseWorkflows.Testing;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser;

/// <summary>
/// One browser for a test class; each test opens a context of its own (its own cookies) in it. Make it an
/// <c>IClassFixture</c>, or derive a fixture that starts a host as well.
/// </summary>
public class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        var path = await BrowserExecutable.ProvideAsync(DownloadAsync);
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000);   // a busy build machine is no fault of the page
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = BrowserExecutable.Arguments, Headless = true });
    }

    public virtual async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.CloseAsync();
        _playwright?.Dispose();
    }

    /// <summary>A new context: Swedish, Stockholm, no animations.</summary>
    public Task<IBrowserContext> NewContextAsync(Uri address) => Browser.NewContextAsync(new BrowserNewContextOptions
    {
        BaseURL = address.ToString(),
        Locale = "sv-SE",
        TimezoneId = "Europe/Stockholm",
        ReducedMotion = ReducedMotion.Reduce,
        ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
    });

    private static async Task<string?> DownloadAsync()
    {
        // The driver tries several mirrors for minutes; a network that closes them is noticed sooner.
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "15000");
        try
        {
            var code = await Task.Run(() => Microsoft.Playwright.Program.Main(["install", "chromium"])).WaitAsync(TimeSpan.FromMinutes(5));
            if (code != 0) return null;
            using var playwright = await Playwright.CreateAsync();
            return playwright.Chromium.ExecutablePath;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
