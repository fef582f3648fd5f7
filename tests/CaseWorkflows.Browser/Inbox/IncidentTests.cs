using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Browser.Studio;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Inbox;

/// <summary>A real case whose routine has stopped: what staff see of it, and how an administrator gets it going again.</summary>
public sealed class IncidentTests(InboxFixture fixture) : IClassFixture<InboxFixture>, IAsyncLifetime
{
    private const string Step = "Bekräfta till invånaren";

    public async Task InitializeAsync()
    {
        using var owner = await fixture.ApiAsync("agare");
        using var published = await owner.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = Routine(), ["publish"] = true });
        published.IsSuccessStatusCode.Should().BeTrue(await published.Content.ReadAsStringAsync());
        using var admin = await fixture.ApiAsync("admin");
        using var routed = await admin.PatchAsJsonAsync("/api/routing/start:onkologi", new JsonObject { ["workflow"] = "prov-bekraftar" });
        routed.EnsureSuccessStatusCode();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_local_administrator_tries_again_until_the_cause_is_mended()
    {
        var (id, number) = await fixture.CaseAsync("Förnya recept", new { subject = "bekraftelse-1" });
        var page = await fixture.SignedInAsync("onk.lokadm");
        await Assertions.Expect(page.Locator("#nav-incidents .cw-count")).ToContainTextAsync("öppna fel");
        await page.Locator("#nav-incidents").ClickAsync();
        var row = page.Locator("tr[data-row]").Filter(new() { HasText = number });
        await Assertions.Expect(row).ToContainTextAsync("Steget kunde inte utföras.");
        var found = (await AccessibilityTests.ViolationsAsync(page, "list")).ToList();
        await Pictures.TakeAsync(page, "fel-i-rutiner");
        await row.GetByRole(AriaRole.Link, new() { Name = Step }).ClickAsync();

        var retry = page.GetByRole(AriaRole.Button, new() { Name = "Försök igen", Exact = true });
        await retry.ClickAsync();
        await Assertions.Expect(page.Locator("#f-reason-fel")).ToContainTextAsync("Ange ett skäl.");
        found.AddRange(await AccessibilityTests.ViolationsAsync(page, "incident with an error"));
        await Pictures.TakeAsync(page, "fel-i-rutin-utan-skal");
        await page.GetByLabel("Skäl").FillAsync("Frasen är kanske tillagd");
        await retry.ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("Det gick fel igen.");
        await Assertions.Expect(page.GetByText("frasen ”bekraftelse-1” finns inte")).ToBeVisibleAsync();
        found.AddRange(await AccessibilityTests.ViolationsAsync(page, "incident"));
        await Pictures.TakeAsync(page, "fel-i-rutin");

        await AddPhraseAsync("bekraftelse-1");
        await page.GetByLabel("Skäl").FillAsync("Frasen är tillagd");
        await retry.ClickAsync();
        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync($"”{Step}” görs om.");
        await Assertions.Expect(page.Locator("tr[data-row]").Filter(new() { HasText = number })).ToHaveCountAsync(0);
        await page.Locator("#kvitto a").ClickAsync();
        await page.WaitForURLAsync("**/arenden/" + id);
        await Assertions.Expect(page.Locator("#arende-innehall")).ToContainTextAsync("Frasen är tillagd");
        await Assertions.Expect(page.Locator("#arende-stopp .cw-note")).ToHaveCountAsync(0);
        found.Should().BeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Staff_see_that_the_routine_has_stopped_and_the_administrator_skips_the_step_from_the_case()
    {
        var (id, _) = await fixture.CaseAsync("Rådgivning", new { subject = "bekraftelse-2" });
        var staff = await fixture.SignedInAsync("onk1.mott.a");
        await Assertions.Expect(staff.Locator("#nav-incidents")).ToHaveCountAsync(0);
        await staff.GotoAsync("/arenden/" + id);
        var note = staff.Locator("#arende-stopp .cw-note");
        await Assertions.Expect(note).ToContainTextAsync($"Rutinen har stannat i steget ”{Step}”");
        await Assertions.Expect(note).ToContainTextAsync("Administratören är underrättad.");
        await Assertions.Expect(note.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        (await AccessibilityTests.ViolationsAsync(staff, "stopped case")).Should().BeEmpty();
        await Pictures.TakeAsync(staff, "arende-stannat");

        var admin = await fixture.SignedInAsync("onk.lokadm");
        await admin.GotoAsync("/arenden/" + id);
        await admin.GetByRole(AriaRole.Link, new() { Name = "Åtgärda felet" }).ClickAsync();
        await admin.GetByLabel("Skäl").FillAsync("Invånaren är uppringd");
        var skip = admin.GetByRole(AriaRole.Button, new() { Name = "Hoppa över steget" });
        await skip.ClickAsync();
        await Assertions.Expect(admin.Locator("#f-outcome-fel")).ToContainTextAsync("Välj hur rutinen ska fortsätta.");
        await Assertions.Expect(admin.GetByLabel("Skäl")).ToHaveValueAsync("Invånaren är uppringd");
        await admin.GetByLabel("Skickat → Ta hand om ärendet").CheckAsync();
        await skip.ClickAsync();
        await Assertions.Expect(admin.Locator("#kvitto")).ToContainTextAsync($"”{Step}” är överhoppat.");

        // The page of the staff follows by itself.
        await Assertions.Expect(note).ToHaveCountAsync(0);
        await Assertions.Expect(staff.Locator("#arende-innehall")).ToContainTextAsync("Invånaren är uppringd");
        await staff.Context.CloseAsync();
        await admin.Context.CloseAsync();
    }

    [Fact]
    public async Task Who_decides_second_reads_who_was_first_and_why()
    {
        var (_, number) = await fixture.CaseAsync("Rådgivning", new { subject = "bekraftelse-3" });
        var page = await fixture.SignedInAsync("onk.lokadm");
        await page.GotoAsync("/fel-i-rutiner");
        await page.Locator("tr[data-row]").Filter(new() { HasText = number }).Locator("a.cw-title").ClickAsync();
        await page.GetByLabel("Skäl").FillAsync("Jag tar det");
        using (var admin = await fixture.ApiAsync("admin"))
        using (var first = await admin.PostAsJsonAsync($"/api/incidents/{page.Url.Split('/')[^1]}/skip", new { reason = "Redan ordnat", outcome = "Skickat" }))
            first.EnsureSuccessStatusCode();

        await page.GetByRole(AriaRole.Button, new() { Name = "Försök igen", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("#kvitto")).ToContainTextAsync("Någon annan har redan tagit hand om felet");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Redan ordnat");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Försök igen", Exact = true })).ToHaveCountAsync(0);
        await Pictures.TakeAsync(page, "fel-i-rutin-beslutat");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_header_in_studio_leads_developers_to_the_list_and_nobody_else_there()
    {
        foreach (var (user, links) in new[] { ("utvecklare", 1), ("agare", 0) })
        {
            var page = await fixture.SignedInAsync(user);
            await page.GotoAsync("/studio/workflows/instances");
            await Assertions.Expect(page.Locator("#sidhuvud")).ToContainTextAsync("Rutiner");
            await Assertions.Expect(page.Locator("#nav-incidents")).ToHaveCountAsync(links);
            if (links == 1)
            {
                await page.Locator("#nav-incidents").ClickAsync();
                await page.WaitForURLAsync("**/fel-i-rutiner");
            }

            await page.Context.CloseAsync();
        }
    }

    private async Task AddPhraseAsync(string key)
    {
        using var admin = await fixture.ApiAsync("admin");
        using var answer = await admin.PostAsJsonAsync("/api/phrases", new
        {
            key, title = key, text = "Vi har tagit emot ditt ärende.", unit = "verksamhet-onkologi", scope = "Lokal", category = "prov", state = "Publicerad",
        });
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends the phrase named by the case's subject, which has to be there.</summary>
    private static JsonObject Routine()
    {
        var message = RoutineModels.Step("bekrafta", "CaseWorkflows.ResidentMessage", Step, 1);
        message["kind"] = RoutineModels.Wrapped("Standardsvar");
        message["automatic"] = RoutineModels.Wrapped("true");
        message["phrase"] = RoutineModels.Wrapped("arende.amne", "JavaScript");
        var note = RoutineModels.Step("vidare", "CaseWorkflows.HistoryNote", "Ta hand om ärendet", 2);
        note["event"] = RoutineModels.Wrapped("Ärendet går vidare");
        var call = RoutineModels.Step("ring", "CaseWorkflows.HistoryNote", "Ring invånaren", 2, 1);
        call["event"] = RoutineModels.Wrapped("Invånaren ska ringas upp");
        return RoutineModels.Flow("prov-bekraftar", "Bekräfta ärenden", [RoutineModels.Step("start", "Elsa.Start", "Start", 0), message, note, call],
            [RoutineModels.Connection("start", "bekrafta"), RoutineModels.Connection("bekrafta", "vidare", "Skickat"), RoutineModels.Connection("bekrafta", "ring", "Spärrat")]);
    }
}
