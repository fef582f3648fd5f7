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
}
