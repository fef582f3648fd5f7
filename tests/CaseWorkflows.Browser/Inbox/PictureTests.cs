using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Inbox;

/// <summary>Takes the pictures of README and docs when BILDER=1, so that they always show the running thing.</summary>
public sealed class PictureTests(InboxFixture fixture) : IClassFixture<InboxFixture>
{
    [Fact]
    public async Task Pictures_of_the_inbox_a_task_and_a_case()
    {
        string[] types = ["Förnya recept", "Skicka meddelande", "Kontakta mig", "Begära/förnya intyg", "Rådgivning", "Fakturafrågor", "Fråga om min remiss"];
        var cases = new List<(string Id, string Number)>();
        for (var i = 0; i < 12; i++)
            cases.Add(await fixture.CaseAsync(types[i % types.Length], new { arrivedAt = $"2026-{(i < 3 ? "03-27" : i < 6 ? "03-31" : "04-02")}T{8 + (i % 5):00}:1{i % 10}:00+02:00" }));
        var page = await fixture.SignedInAsync("onk1.mott.a");

        await page.GotoAsync("/enhetens-uppgifter");
        await Assertions.Expect(page.Locator("tr[data-row]").First).ToBeVisibleAsync();
        await ShootAsync(page, "inkorg");
        await page.GotoAsync("/enhetens-uppgifter?q=" + cases[7].Number);
        await page.Locator("tr[data-row] a.cw-title").First.ClickAsync();
        await page.Locator("input[name=outcome]").First.WaitForAsync();
        await ShootAsync(page, "uppgift");
        await page.GotoAsync("/arenden/" + cases[0].Id);
        await ShootAsync(page, "arende");
        await page.Context.CloseAsync();
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        var picture = await page.ScreenshotAsync();
        picture.Length.Should().BeGreaterThan(10_000).And.BeLessThan(400_000);
        if (Environment.GetEnvironmentVariable("BILDER") == "1") await File.WriteAllBytesAsync(Path.Combine(Folder(), name + ".png"), picture);
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "bilder")).FullName;
}
