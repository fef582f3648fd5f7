using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Inbox;

public sealed class TaskTests(InboxFixture fixture) : IClassFixture<InboxFixture>
{
    private static ILocator Row(IPage page, string number) => page.Locator("tr[data-row]").Filter(new() { HasText = number });

    private static ILocator Outcome(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [Fact]
    public async Task A_case_is_taken_distributed_and_followed_with_errors_shown_and_nothing_typed_lost()
    {
        var (id, number) = await fixture.CaseAsync("Förnya recept");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("Enhetens uppgifter") }).ClickAsync();
        await Row(page, number).GetByRole(AriaRole.Button, new() { NameRegex = new("^Ta ") }).ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("Du har tagit ”Fördela ärende”");
        await page.GetByRole(AriaRole.Link, new() { Name = "Öppna den" }).ClickAsync();

        // Förnya recept: the doctor's outcome is the expected one, and stands first.
        await Assertions.Expect(page.Locator("button[name=outcome]").First).ToHaveTextAsync("Kräver läkare");
        await page.GetByLabel("Intern notering").FillAsync("Ring efter lunch");
        await Outcome(page, "Kräver läkare").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "behöver rättas" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-field=team] .cw-error")).ToContainTextAsync("Team krävs");
        await Assertions.Expect(page.GetByLabel("Intern notering")).ToHaveValueAsync("Ring efter lunch");

        await page.Locator("[data-field=team]").GetByLabel("3", new() { Exact = true }).CheckAsync();
        await Outcome(page, "Kräver läkare").ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync($"”Fördela ärende” är klar: Kräver läkare. {number}");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("Fortsätt med ”Skapa tidbok") }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Skapa tidbok i ELVIS");
        (await fixture.GetAsync($"/api/cases/{id}"))["team"]!.GetValue<int>().Should().Be(3);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_answer_is_sent_and_the_case_is_closed()
    {
        var (id, number) = await fixture.CaseAsync("Fråga om min remiss");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GotoAsync("/enhetens-uppgifter?q=" + number);
        await Row(page, number).GetByRole(AriaRole.Link, new() { Name = "Fördela ärende" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Jag undrar när jag får svar på provet.")).ToBeVisibleAsync();

        await page.GetByLabel("Svarstext").FillAsync("Remissen kom fram i går. Du får en kallelse inom två veckor.");
        await Outcome(page, "Besvara själv").ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("är klar: Besvara själv");

        await page.GotoAsync("/arenden/" + id);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(number);
        await Assertions.Expect(page.Locator("#arende-huvud")).ToContainTextAsync("Avslutat med svar");
        await Assertions.Expect(page.Locator(".cw-message-out")).ToContainTextAsync("Du får en kallelse");
        await Assertions.Expect(page.Locator("#arende-fakta")).ToContainTextAsync("Uppfylld");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Fields_follow_the_chosen_outcome()
    {
        var (_, number) = await fixture.CaseAsync("Rådgivning");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GotoAsync("/enhetens-uppgifter?q=" + number);
        await Row(page, number).GetByRole(AriaRole.Link, new() { Name = "Fördela ärende" }).ClickAsync();
        var receiver = page.GetByLabel("Mottagare");
        await Assertions.Expect(receiver).ToBeHiddenAsync();

        await Outcome(page, "Fördela till ärendehanterare").ClickAsync();
        await Assertions.Expect(receiver).ToBeVisibleAsync();
        await Assertions.Expect(receiver).ToBeFocusedAsync();
        await receiver.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("är klar: Fördela till ärendehanterare");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Everything_works_without_scripts()
    {
        var (id, number) = await fixture.CaseAsync("Skicka meddelande");
        var page = await fixture.SignedInAsync("onk1.mott.a", script: false);
        await page.GotoAsync("/enhetens-uppgifter?q=" + number);
        await Row(page, number).GetByRole(AriaRole.Link, new() { Name = "Fördela ärende" }).ClickAsync();
        await Outcome(page, "Besvara själv").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Svarstext:") })).ToBeVisibleAsync();
        await page.Locator("[name='f.svarstext']").FillAsync("Tack för ditt meddelande.");
        await Outcome(page, "Besvara själv").ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync(number);
        (await fixture.GetAsync($"/api/cases/{id}"))["status"]!.ToString().Should().Be("Avslutat med svar");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_was_written_is_kept_as_a_draft()
    {
        var (_, number) = await fixture.CaseAsync("Skicka meddelande");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GotoAsync("/enhetens-uppgifter?q=" + number);
        await Row(page, number).GetByRole(AriaRole.Link, new() { Name = "Fördela ärende" }).ClickAsync();
        var saved = page.WaitForResponseAsync(r => r.Url.EndsWith("/utkast", StringComparison.Ordinal));
        await page.GetByLabel("Intern notering").FillAsync("Halvskriven");
        (await saved).Status.Should().Be(204);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Intern notering")).ToHaveValueAsync("Halvskriven");
        await page.Context.CloseAsync();
    }
}
