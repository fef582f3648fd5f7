using System.Text.Json.Nodes;
using CaseWorkflows.Assets;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Inbox;

/// <summary>WCAG 2.1 AA by axe-core, page by page.</summary>
public sealed class AccessibilityTests(InboxFixture fixture) : IClassFixture<InboxFixture>
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(AssetFolders.Package("axe-core"), "axe.min.js")));

    [Fact]
    public async Task No_page_has_a_violation()
    {
        var (id, number) = await fixture.CaseAsync("Förnya recept");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GotoAsync("/enhetens-uppgifter");
        var task = await page.Locator("tr[data-row]").Filter(new() { HasText = number }).Locator("a.cw-title").GetAttributeAsync("href");
        var found = new List<string>();
        foreach (var path in new[] { "/", "/enhetens-uppgifter", "/enhetens-uppgifter/alla", task!, "/arenden", "/arenden/" + id, "/arenden/nytt", "/regler/ONK-02", "/finns-inte" })
        {
            await page.GotoAsync(path);
            found.AddRange(await ViolationsAsync(page, path));
        }

        await page.GotoAsync(task!);
        await page.Locator("[data-submit-outcome]").ClickAsync();
        await page.Locator("[data-error-summary]").WaitForAsync();
        found.AddRange(await ViolationsAsync(page, "task with errors"));
        await page.GetByRole(AriaRole.Radio, new() { Name = "Besvara själv", Exact = true }).CheckAsync();
        await page.GetByLabel("Svarstext").FillAsync("Ett svar.");
        await page.Locator("#granskning .cw-message").WaitForAsync();
        found.AddRange(await ViolationsAsync(page, "task with a message shown"));
        await page.Locator("[data-help]").ClickAsync();
        found.AddRange(await ViolationsAsync(page, "help"));
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/logga-in");
        found.AddRange(await ViolationsAsync(page, "/logga-in"));

        found.Should().BeEmpty();
        await page.Context.CloseAsync();
    }

    internal static async Task<IEnumerable<string>> ViolationsAsync(IPage page, string where)
    {
        await page.EvaluateAsync(Axe.Value);
        var result = JsonNode.Parse(await page.EvaluateAsync<string>(
            "async () => JSON.stringify((await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })).violations)"))!;
        return result.AsArray().Select(v => $"{where}: {v!["id"]} ({v["impact"]}) {v["help"]}: {v["nodes"]![0]!["html"]}").ToList();
    }
}
