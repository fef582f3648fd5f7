using System.Text.RegularExpressions;
using CaseWorkflows.Browser.Studio;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Inbox;

public sealed class ListTests(InboxFixture fixture) : IClassFixture<InboxFixture>
{
    [Fact]
    public async Task The_list_is_worked_with_the_keyboard()
    {
        await fixture.CaseAsync("Skicka meddelande");
        await fixture.CaseAsync("Fråga om min remiss");
        await fixture.CaseAsync("Rådgivning");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("e");
        await page.WaitForURLAsync("**/enhetens-uppgifter");

        var titles = page.Locator("tr[data-row] a.cw-title");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(titles.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(titles.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(titles.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/uppgifter/*");

        await page.Keyboard.PressAsync("u");
        await page.WaitForURLAsync("**/enhetens-uppgifter");
        await page.Keyboard.PressAsync("n");
        await page.WaitForURLAsync("**/uppgifter/*");
        await Assertions.Expect(page.GetByText("Tilldelad mig")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.GetByLabel("Använd kortkommandon").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_new_case_appears_by_itself_and_focus_stays()
    {
        await fixture.CaseAsync("Skicka meddelande");
        var page = await fixture.SignedInAsync("onk1.mott.b");
        await page.GotoAsync("/enhetens-uppgifter");
        await page.Keyboard.PressAsync("j");
        var focused = await page.EvaluateAsync<string>("document.activeElement.closest('tr').id");

        var (_, number) = await fixture.CaseAsync("Rådgivning");
        await Assertions.Expect(page.Locator("tr[data-row]").Filter(new() { HasText = number })).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("document.activeElement.closest('tr')?.id")).Should().Be(focused);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_task_is_taken_and_handed_back_from_the_list()
    {
        var (_, number) = await fixture.CaseAsync("Kontakta mig");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GotoAsync("/enhetens-uppgifter?q=" + number);
        var row = page.Locator("tr[data-row]").Filter(new() { HasText = number });
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new("^Ta ") }).ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("Du har tagit");
        await page.GotoAsync("/");
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new("^Lämna ") }).ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("Du har lämnat tillbaka");
        await Assertions.Expect(row).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_case_is_registered_by_hand_and_found_by_its_number()
    {
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GetByRole(AriaRole.Link, new() { Name = "Registrera ärende" }).ClickAsync();
        await page.GetByLabel("Ärendetyp").SelectOptionAsync(new SelectOptionValue { Label = "Rådgivning" });
        await page.GetByLabel("Personnummer").FillAsync("19121212-1213");
        await page.GetByLabel("Namn", new() { Exact = true }).FillAsync("Tolvan Tolvansson");
        await page.GetByLabel("Ämne").FillAsync("Ringer om biverkningar");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrera ärendet" }).ClickAsync();
        await Assertions.Expect(page.Locator("#f-patient-personalNumber-fel")).ToContainTextAsync("inte giltigt");
        await Assertions.Expect(page.GetByLabel("Ämne")).ToHaveValueAsync("Ringer om biverkningar");

        await page.GetByLabel("Personnummer").FillAsync("19121212-1212");
        await page.GetByRole(AriaRole.Button, new() { Name = "Registrera ärendet" }).ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("är registrerat");
        var number = (await page.Locator("h1").InnerTextAsync()).Split(' ')[0];

        await page.GetByLabel("Sök ärende").FillAsync(number);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(number);
        await Assertions.Expect(page.Locator("#arende-fakta")).ToContainTextAsync("Tolvan Tolvansson");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task P9_A_chosen_file_survives_a_refused_registration()
    {
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GotoAsync("/arenden/nytt?enhet=onk1&typ=recept");
        await page.GetByLabel("Personnummer").FillAsync("19121212-1213");
        await page.GetByLabel("Ämne").FillAsync("Brev");
        var file = page.Locator("input[type=file]");
        await file.SetInputFilesAsync(InboxFixture.Letter);
        var register = page.GetByRole(AriaRole.Button, new() { Name = "Registrera ärendet" });
        await register.ClickAsync();
        await Assertions.Expect(page.Locator("#f-patient-personalNumber-fel")).ToContainTextAsync("inte giltigt");
        await Assertions.Expect(file).ToHaveValueAsync(new Regex("brev\\.pdf$"));
        await file.ScrollIntoViewIfNeededAsync();
        await Pictures.TakeAsync(page, "fil-kvar-registrering");

        await page.GetByLabel("Personnummer").FillAsync("19121212-1212");
        await register.ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("är registrerat");
        (await fixture.GetAsync("/api/cases/" + page.Url.Split('/')[^1]))["attachments"]!.ToJsonString().Should().Contain("brev.pdf");
        await page.Context.CloseAsync();
    }
}
