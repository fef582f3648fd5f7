using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Browser.Studio;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Inbox;

public sealed class TaskTests(InboxFixture fixture) : IClassFixture<InboxFixture>
{
    private static ILocator Row(IPage page, string number) => page.Locator("tr[data-row]").Filter(new() { HasText = number });

    private static ILocator Outcome(IPage page, string name) => page.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    private static ILocator Send(IPage page) => page.Locator("[data-submit-outcome]");

    private static ILocator Preview(IPage page) => page.Locator("#granskning .cw-message");

    private async Task<IPage> TaskAsync(string number, string user = "onk1.mott.a", bool script = true)
    {
        var page = await fixture.SignedInAsync(user, script);
        await page.GotoAsync("/enhetens-uppgifter?q=" + number);
        await Row(page, number).GetByRole(AriaRole.Link, new() { Name = "Fördela ärende" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Fördela ärende");
        return page;
    }

    [Fact]
    public async Task A_case_is_taken_distributed_and_followed_with_errors_shown_and_nothing_typed_lost()
    {
        var (id, number) = await fixture.CaseAsync("Förnya recept");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("Enhetens uppgifter") }).ClickAsync();
        await Row(page, number).GetByRole(AriaRole.Button, new() { NameRegex = new("^Ta ") }).ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("Du har tagit ”Fördela ärende”");
        await page.GetByRole(AriaRole.Link, new() { Name = "Öppna den" }).ClickAsync();

        // Förnya recept: the doctor's outcome is the expected one, stands first and is chosen; the button says so.
        await Assertions.Expect(page.Locator("input[name=outcome]").First).ToHaveValueAsync("Kräver läkare");
        await Assertions.Expect(Outcome(page, "Kräver läkare")).ToBeCheckedAsync();
        await Assertions.Expect(Send(page)).ToHaveTextAsync("Kräver läkare");
        await page.GetByLabel("Intern notering").FillAsync("Ring efter lunch");
        await Send(page).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "behöver rättas" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-field=team] .cw-error")).ToContainTextAsync("Team krävs");
        await Assertions.Expect(page.GetByLabel("Intern notering")).ToHaveValueAsync("Ring efter lunch");

        await page.Locator("[data-field=team]").GetByLabel("3", new() { Exact = true }).CheckAsync();
        await Send(page).ClickAsync();
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
        var page = await TaskAsync(number);
        await Assertions.Expect(page.GetByText("Jag undrar när jag får svar på provet.")).ToBeVisibleAsync();

        await Outcome(page, "Besvara själv").CheckAsync();
        await page.GetByLabel("Svarstext").FillAsync("Remissen kom fram i går. Du får en kallelse inom två veckor.");
        await Assertions.Expect(Preview(page)).ToContainTextAsync("Du får en kallelse inom två veckor.");
        await Assertions.Expect(Preview(page)).ToContainTextAsync("Till: Tolvan Tolvansson");
        await Assertions.Expect(Send(page)).ToHaveTextAsync("Skicka svar och avsluta");
        await Send(page).ClickAsync();
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
        var page = await TaskAsync(number);
        var receiver = page.GetByLabel("Mottagare");
        await Assertions.Expect(receiver).ToBeHiddenAsync();

        await Outcome(page, "Fördela till ärendehanterare").CheckAsync();
        await Assertions.Expect(receiver).ToBeVisibleAsync();
        await Assertions.Expect(Send(page)).ToHaveTextAsync("Fördela till ärendehanterare");
        await receiver.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("är klar: Fördela till ärendehanterare");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_scripts_a_message_is_shown_before_it_is_sent_and_again_when_it_has_been_changed()
    {
        var (id, number) = await fixture.CaseAsync("Skicka meddelande");
        var page = await TaskAsync(number, script: false);
        await Outcome(page, "Besvara själv").CheckAsync();
        await Send(page).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Svarstext:") })).ToBeVisibleAsync();
        await page.Locator("[name='f.svarstext']").FillAsync("Tack för ditt meddelande.");
        await Send(page).ClickAsync();
        await Assertions.Expect(Preview(page)).ToContainTextAsync("Tack för ditt meddelande.");
        await Assertions.Expect(Send(page)).ToHaveTextAsync("Skicka svar och avsluta");
        (await fixture.GetAsync($"/api/cases/{id}/messages")).AsArray().Should().BeEmpty("nothing has been sent yet");

        await page.Locator("[name='f.svarstext']").FillAsync("Tack! Vi ringer i morgon.");
        await Send(page).ClickAsync();
        await Assertions.Expect(Preview(page)).ToContainTextAsync("Tack! Vi ringer i morgon.");
        (await fixture.GetAsync($"/api/cases/{id}/messages")).AsArray().Should().BeEmpty("another text than the one shown is shown first");

        await Send(page).ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync(number);
        (await fixture.GetAsync($"/api/cases/{id}"))["status"]!.ToString().Should().Be("Avslutat med svar");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_question_that_a_sub_routine_sends_and_a_standard_answer_are_shown_too()
    {
        var (_, number) = await fixture.CaseAsync("Fakturafrågor");
        var page = await TaskAsync(number);
        await Outcome(page, "Hänvisa till patientfaktura").CheckAsync();
        await Assertions.Expect(Send(page)).ToHaveTextAsync("Skicka standardsvar och avsluta");
        await Assertions.Expect(Preview(page)).ToContainTextAsync("faktura", new() { IgnoreCase = true });

        await Outcome(page, "Besvara själv").CheckAsync();
        await page.GetByLabel("Motfråga", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Svarstext").FillAsync("Vilket fakturanummer gäller det?");
        await Assertions.Expect(Send(page)).ToHaveTextAsync("Skicka motfråga");
        await Assertions.Expect(Preview(page)).ToContainTextAsync("Vilket fakturanummer gäller det?");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_draft_comes_back_under_its_outcome_with_its_time_and_is_not_sent_under_another()
    {
        var (id, number) = await fixture.CaseAsync("Förnya recept");
        var page = await TaskAsync(number);
        await Outcome(page, "Besvara själv").CheckAsync();
        var saved = page.WaitForResponseAsync(r => r.Url.EndsWith("/utkast", StringComparison.Ordinal));
        await page.GetByLabel("Svarstext").FillAsync("Halvskrivet svar");
        (await saved).Status.Should().Be(204);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".cw-draft")).ToContainTextAsync("Utkast från idag 14:00 av onk1.mott.a. Det hör till ”Besvara själv”.");
        await Assertions.Expect(Outcome(page, "Besvara själv")).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByLabel("Svarstext")).ToHaveValueAsync("Halvskrivet svar");

        // Under another outcome the text is not on the page: it does not go along.
        await Outcome(page, "Kräver läkare").CheckAsync();
        await page.Locator("[data-field=team]").GetByLabel("3", new() { Exact = true }).CheckAsync();
        await Assertions.Expect(Preview(page)).ToHaveCountAsync(0);
        await Send(page).ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("är klar: Kräver läkare");
        (await fixture.GetAsync($"/api/cases/{id}/messages")).AsArray().Should().BeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task F_11_What_is_written_outlives_a_press_that_only_shows_and_leaving_at_once()
    {
        var (id, number) = await fixture.CaseAsync("Förnya recept");
        var page = await TaskAsync(number);
        var task = page.Url;
        await page.RouteAsync("**/granska", route => route.AbortAsync());   // a press before the page has asked what it would send
        await Outcome(page, "Besvara själv").CheckAsync();
        await page.GetByLabel("Svarstext").FillAsync("Första stycket.");
        await Send(page).ClickAsync();
        await Assertions.Expect(Send(page)).ToHaveTextAsync("Skicka svar och avsluta");
        await Assertions.Expect(page.Locator("#utkast-status")).ToHaveTextAsync("Utkast sparat 14:00");
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("h1")).Not.ToContainTextAsync("Fördela ärende");

        await page.GotoAsync(task);
        await Assertions.Expect(page.Locator(".cw-draft")).ToContainTextAsync("Utkast från idag 14:00 av onk1.mott.a. Det hör till ”Besvara själv”.");
        await Assertions.Expect(page.GetByLabel("Svarstext")).ToHaveValueAsync("Första stycket.");
        await page.GetByLabel("Svarstext").FillAsync("Första stycket. Andra stycket.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Listan" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).Not.ToContainTextAsync("Fördela ärende");
        await page.GotoAsync(task);
        await Assertions.Expect(page.GetByLabel("Svarstext")).ToHaveValueAsync("Första stycket. Andra stycket.");
        (await fixture.GetAsync($"/api/cases/{id}/messages")).AsArray().Should().BeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task F_11_What_is_written_when_the_session_has_ended_waits_for_signing_in_in_another_tab()
    {
        var (_, number) = await fixture.CaseAsync("Förnya recept");
        var page = await TaskAsync(number);
        var task = page.Url;
        var cookies = await page.Context.CookiesAsync();
        await Outcome(page, "Besvara själv").CheckAsync();
        await page.Context.ClearCookiesAsync();
        await page.GetByLabel("Svarstext").FillAsync("Skrivet som utloggad");
        await Send(page).ClickAsync();
        await Assertions.Expect(page.Locator("#meddelanden")).ToContainTextAsync("Du är utloggad");
        await Assertions.Expect(page.Locator("#meddelanden a")).ToHaveAttributeAsync("target", "_blank");
        var asked = new TaskCompletionSource<string>();
        void Decline(object? sender, IDialog dialog)
        {
            asked.TrySetResult(dialog.Message);
            _ = dialog.DismissAsync();
        }

        page.Dialog += Decline;
        await page.GetByRole(AriaRole.Link, new() { Name = "Listan" }).ClickAsync();
        (await asked.Task.WaitAsync(TimeSpan.FromSeconds(30))).Should().Contain("inte är sparade");
        await Assertions.Expect(page.GetByLabel("Svarstext")).ToHaveValueAsync("Skrivet som utloggad");
        page.Dialog -= Decline;

        await page.Context.AddCookiesAsync(cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        await page.GetByRole(AriaRole.Link, new() { Name = "Listan" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).Not.ToContainTextAsync("Fördela ärende");
        await page.GotoAsync(task);
        await Assertions.Expect(page.GetByLabel("Svarstext")).ToHaveValueAsync("Skrivet som utloggad");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("a", 70_000)]
    [InlineData("😀", 12_000)]
    public async Task F_11_A_long_draft_is_kept(string letter, int times)
    {
        var (_, number) = await fixture.CaseAsync("Skicka meddelande");
        var page = await TaskAsync(number);
        var text = string.Concat(Enumerable.Repeat(letter, times));
        await page.GetByLabel("Intern notering").FillAsync(text);
        await Assertions.Expect(page.Locator("#utkast-status, #meddelanden").Filter(new() { HasTextRegex = new("sparat|kunde inte sparas") })).ToBeVisibleAsync();
        var kept = (await page.Locator("#utkast-status").TextContentAsync())!.Contains("sparat", StringComparison.Ordinal);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Intern notering")).ToHaveValueAsync(kept ? text : "");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Figures_choose_and_never_send_and_no_key_acts_inside_the_form()
    {
        var (id, number) = await fixture.CaseAsync("Förnya recept");
        var page = await TaskAsync(number);
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("2");
        var second = page.Locator("input[name=outcome]").Nth(1);
        await Assertions.Expect(second).ToBeCheckedAsync();
        await Assertions.Expect(second).ToBeFocusedAsync();
        foreach (var key in new[] { "1", "2", "2", "l", "t", "u", "n", "Enter" }) await page.Keyboard.PressAsync(key);
        await page.GetByLabel("Intern notering").FillAsync("x");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(second).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Fördela ärende");
        (await fixture.GetAsync($"/api/cases/{id}"))["status"]!.ToString().Should().Be("Inkommet");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Parking_past_the_deadline_warns_and_a_comment_is_written_where_comments_stand()
    {
        var (_, number) = await fixture.CaseAsync("Förnya recept");
        var page = await TaskAsync(number);
        await page.GetByLabel("Intern notering").FillAsync("Får inte försvinna");
        await page.GetByLabel("Kommentera för kollegor").FillAsync("Ringde, inget svar.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara kommentaren" }).ClickAsync();
        await Assertions.Expect(page.Locator("#kommentarer")).ToContainTextAsync("Ringde, inget svar.");
        await Assertions.Expect(page.GetByLabel("Intern notering")).ToHaveValueAsync("Får inte försvinna");

        await page.GetByText("Tilldela eller parkera").ClickAsync();
        await page.GetByLabel("Parkera till").FillAsync("2026-04-20T08:00");
        await page.Locator("#parkeraskal").FillAsync("Väntar på läkare");
        await page.GetByRole(AriaRole.Button, new() { Name = "Parkera", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "passerar den tiden" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#parkeraskal")).ToHaveValueAsync("Väntar på läkare");
        await page.GetByRole(AriaRole.Button, new() { Name = "Parkera ändå" }).ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("parkerad");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task F_11_The_page_says_that_a_colleague_has_taken_the_task()
    {
        var (id, number) = await fixture.CaseAsync("Förnya recept");
        var page = await TaskAsync(number);
        await page.GetByLabel("Intern notering").FillAsync("Skriver just nu");
        await fixture.PostAsync("onk1.mott.b", $"/api/tasks/{await fixture.TaskOfAsync(id)}/claim");

        await Assertions.Expect(page.Locator("#meddelanden")).ToContainTextAsync("Uppgiften har ändrats av någon annan.");
        await Assertions.Expect(page.Locator("#innehavare")).Not.ToContainTextAsync("Ledig");
        await Assertions.Expect(page.GetByLabel("Intern notering")).ToHaveValueAsync("Skriver just nu");
        await Assertions.Expect(page.GetByLabel("Intern notering")).ToBeFocusedAsync();

        // What is written from now on is kept nowhere, and the page says whose the task is; what it said before stands beside it.
        await page.GetByLabel("Intern notering").PressSequentiallyAsync(" vidare");
        await Assertions.Expect(page.Locator("#meddelanden")).ToContainTextAsync("har tagit uppgiften. Det du har skrivit är inte sparat");
        await Assertions.Expect(page.Locator("#meddelanden")).ToContainTextAsync("Uppgiften har ändrats av någon annan.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task F_11_That_a_draft_was_refused_is_told_no_longer_than_it_is_so()
    {
        var (id, number) = await fixture.CaseAsync("Förnya recept");
        var page = await TaskAsync(number);
        var note = page.GetByLabel("Intern notering");
        var refused = page.Locator("#meddelanden").GetByText("Det du har skrivit är inte sparat");
        var task = await fixture.TaskOfAsync(id);
        await fixture.PostAsync("onk1.mott.b", $"/api/tasks/{task}/claim");
        await note.FillAsync("Skriver just nu");
        await Assertions.Expect(refused).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "utkast-nekat");

        await fixture.PostAsync("onk1.mott.b", $"/api/tasks/{task}/release");
        await note.FillAsync("Skriver vidare");
        await Assertions.Expect(page.Locator("#utkast-status")).ToContainTextAsync("Utkast sparat");
        await Assertions.Expect(refused).ToHaveCountAsync(0);
        await Pictures.TakeAsync(page, "utkast-sparat-igen");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task P9_The_key_that_sends_shows_first_what_lies_below_the_edge()
    {
        // The row of the button stays at the edge, over what is scrolled.
        const string Uncovered = """
            document.querySelector('#granskning').getBoundingClientRect().bottom <= document.querySelector('.cw-outcomes').getBoundingClientRect().top
            """;
        var (id, number) = await fixture.CaseAsync("Förnya recept");
        var page = await TaskAsync(number);
        await page.SetViewportSizeAsync(1366, 650);   // a laptop
        await Outcome(page, "Besvara själv").CheckAsync();
        await page.GetByLabel("Svarstext").FillAsync("Receptet är förnyat.");
        await Assertions.Expect(Preview(page)).ToContainTextAsync("Receptet är förnyat.");
        await page.EvaluateAsync("scrollTo(0, 0)");
        (await page.EvaluateAsync<bool>(Uncovered)).Should().BeFalse();

        await page.Keyboard.PressAsync("Control+Enter");
        (await page.EvaluateAsync<bool>(Uncovered)).Should().BeTrue();
        await Pictures.TakeAsync(page, "forhandsvisning-framme");
        (await fixture.GetAsync($"/api/cases/{id}/messages")).AsArray().Should().BeEmpty();
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("är klar: Besvara själv");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task P9_A_chosen_file_survives_a_refused_task_form()
    {
        var step = RoutineModels.Step("uppgift", "CaseWorkflows.HumanTask", "Bifoga intyget", 1);
        step["title"] = RoutineModels.Wrapped("Bifoga intyget");
        step["roles"] = RoutineModels.Wrapped("""["arendemottagare"]""", "Object");
        step["outcomes"] = RoutineModels.Wrapped("""["Klar"]""", "Object");
        step["form"] = RoutineModels.Wrapped("""[{"label": "Fil", "type": "file"}, {"label": "Utfärdare", "type": "text", "required": true}]""", "Object");
        var start = RoutineModels.Step("start", "Elsa.Start", "Start", 0);
        var routine = RoutineModels.Flow("prov-bilaga", "Bifoga intyg", [start, step], [RoutineModels.Connection("start", "uppgift")]);
        await fixture.PostAsync("agare", "/elsa/api/workflow-definitions", new JsonObject { ["model"] = routine, ["publish"] = true });
        await fixture.PostAsync("admin", "/api/routing", new
        {
            table = "start", units = new[] { "onk1" }, caseTypes = new[] { "intyg" }, workflow = "prov-bilaga", order = -9,
        });
        var (id, _) = await fixture.CaseAsync("Begära/förnya intyg");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GotoAsync("/uppgifter/" + await fixture.TaskOfAsync(id));
        await page.GetByLabel("Fil").SetInputFilesAsync(InboxFixture.Letter);
        await Send(page).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Utfärdare") })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Fil")).ToHaveValueAsync(new Regex("brev\\.pdf$"));
        await Pictures.TakeAsync(page, "fil-kvar-uppgift");

        await page.GetByLabel("Utfärdare").FillAsync("Doktor Doktorsson");
        await Send(page).ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("är klar: Klar");
        (await fixture.GetAsync($"/api/cases/{id}"))["attachments"]!.ToJsonString().Should().Contain("brev.pdf");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task F_11_A_page_whose_stream_is_refused_says_so_and_becomes_live_again_by_itself()
    {
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.Context.RouteAsync("**/api/events", route => route.FulfillAsync(new() { Status = 502 }));
        await page.GotoAsync("/enhetens-uppgifter");
        await Assertions.Expect(page.Locator("#anslutning")).ToContainTextAsync("uppdateras inte just nu");

        await page.Context.UnrouteAsync("**/api/events");
        await Assertions.Expect(page.Locator("#anslutning")).ToBeEmptyAsync(new() { Timeout = 30_000 });
        var (_, number) = await fixture.CaseAsync("Förnya recept");
        await Assertions.Expect(Row(page, number)).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }
}
