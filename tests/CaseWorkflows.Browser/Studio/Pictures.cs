using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>Pictures taken by the tests: always beside the test results, and in docs/ when CASEWORKFLOWS_PICTURES=docs asks for new ones.</summary>
internal static class Pictures
{
    private static readonly bool ForDocs = Environment.GetEnvironmentVariable("CASEWORKFLOWS_PICTURES") == "docs";

    public static async Task TakeAsync(IPage page, string name)
    {
        var folder = ForDocs ? Path.Combine(Root(), "docs", "bilder") : Path.Combine(AppContext.BaseDirectory, "pictures");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CaseWorkflows.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
