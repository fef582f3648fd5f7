using CaseWorkflows.Browser.Studio;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Inbox;

/// <summary>D-10: who may see a protected identity is told so at a glance, others find nothing.</summary>
public sealed class ProtectedIdentityTests(InboxFixture fixture) : IClassFixture<InboxFixture>
{
    private const string Badge = "Skyddad identitet";

    [Fact]
    public async Task The_badge_stands_in_lists_on_the_task_and_on_the_case()
    {
        var (id, number) = await fixture.CaseAsync("Begära/förnya intyg", new { patient = new { name = "Skydda Skyddsson", personalNumber = "19121212-1212", protectedIdentity = "Ja – skyddad" } });
        await fixture.CaseAsync("Begära/förnya intyg");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GotoAsync("/enhetens-uppgifter");
        var row = page.Locator("tr[data-row]").Filter(new() { HasText = number });
        await Assertions.Expect(row.Locator(".cw-badge").Filter(new() { HasText = Badge })).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "skyddad-lista");
        await row.Locator("a.cw-title").ClickAsync();
        await Assertions.Expect(page.Locator(".cw-head .cw-badge").Filter(new() { HasText = Badge })).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "skyddad-uppgift");
        await page.GotoAsync("/arenden/" + id);
        await Assertions.Expect(page.Locator(".cw-head .cw-badge").Filter(new() { HasText = Badge })).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "skyddad-arende");
        await page.Context.CloseAsync();

        var manager = await fixture.SignedInAsync("onk.vec");
        await manager.GotoAsync("/arenden");
        await Assertions.Expect(manager.GetByText(number)).ToHaveCountAsync(0);
        var refused = await manager.GotoAsync("/arenden/" + id);
        refused!.Status.Should().Be(403);
        (await manager.ContentAsync()).Should().NotContain("Skydd").And.NotContain(number);
        await Pictures.TakeAsync(manager, "skyddad-nekad");
        await manager.Context.CloseAsync();
    }

    [Fact]
    public async Task D_10_An_open_page_that_its_reader_may_no_longer_see_goes_away_and_what_was_written_on_it_is_given_back()
    {
        var (id, number) = await fixture.CaseAsync("Rådgivning");   // distributed by those who handle cases too
        var task = await fixture.TaskOfAsync(id);
        var reader = await fixture.SignedInAsync("onk.vc");
        await reader.GotoAsync("/arenden/" + id);
        await Assertions.Expect(reader.Locator("main")).ToContainTextAsync("Tolvan Tolvansson");
        var writer = await fixture.SignedInAsync("onk1.hant");
        await writer.GotoAsync("/uppgifter/" + task);
        await Assertions.Expect(writer.Locator("main")).ToContainTextAsync("Tolvan Tolvansson");
        await writer.GetByLabel("Kommentera för kollegor").FillAsync("Ringde, inget svar.");

        await fixture.PostAsync("onk1.mott.a", $"/api/tasks/{task}/complete", new
        {
            outcome = "Fördela till ärendehanterare",
            fields = new { team = "3", mottagare = "onk1.hant2", skyddad_identitet = "Ja – skyddad" },
        });

        foreach (var page in new[] { reader, writer })
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Du har inte behörighet" })).ToBeVisibleAsync();
            (await page.ContentAsync()).Should().NotContain("Tolvan").And.NotContain(number);
        }

        var given = writer.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Det du skrev är inte sparat." });
        await Assertions.Expect(given).ToContainTextAsync("Ringde, inget svar.");
        (await AccessibilityTests.ViolationsAsync(writer, "written")).Should().BeEmpty();
        await Pictures.TakeAsync(reader, "skyddad-arende-forsvinner");
        await Pictures.TakeAsync(writer, "skyddad-uppgift-forsvinner");
        await reader.Context.CloseAsync();
        await writer.Context.CloseAsync();
    }
}
