using System.Text.RegularExpressions;
using CaseWorkflows.Browser.Studio;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Inbox;

public sealed class SignInTests(InboxFixture fixture) : IClassFixture<InboxFixture>
{
    [Fact]
    public async Task A_wrong_password_is_told_and_a_right_one_leads_to_the_page_that_was_asked_for()
    {
        await using var context = await fixture.NewContextAsync(fixture.Host.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/enhetens-uppgifter");
        page.Url.Should().Contain("/logga-in");
        await Assertions.Expect(page.GetByText("onk1.mott.a")).ToBeVisibleAsync();

        await page.GetByLabel("Användarnamn").FillAsync("onk1.mott.a");
        await page.GetByLabel("Lösenord").FillAsync("fel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Logga in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "stämmer inte" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Användarnamn")).ToHaveValueAsync("onk1.mott.a");

        await page.GetByLabel("Lösenord").FillAsync(InboxFixture.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/enhetens-uppgifter");

        await page.GetByRole(AriaRole.Button, new() { Name = "Logga ut" }).ClickAsync();
        await page.WaitForURLAsync("**/logga-in");
        await page.GotoAsync("/");
        page.Url.Should().Contain("/logga-in");
    }

    [Fact]
    public async Task S_9_A_page_tells_that_another_has_signed_in_beside_it_and_does_nothing_in_the_others_name()
    {
        var (id, _) = await fixture.CaseAsync("Skicka meddelande");
        var task = await fixture.TaskOfAsync(id);
        var page = await fixture.SignedInAsync("onk1.mott.a");
        await page.GotoAsync("/uppgifter/" + task);
        var comment = page.GetByLabel("Kommentera för kollegor");
        await comment.FillAsync("Skrivet av den första");
        var tab = await page.Context.NewPageAsync();
        await tab.GotoAsync("/");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Logga ut" }).ClickAsync();
        await tab.WaitForURLAsync("**/logga-in");
        await InboxFixture.SignInAsync(tab, "onk1.mott.b");

        await fixture.PostAsync("onk1.mott.b", $"/api/tasks/{task}/comments", new { text = "Hej" });
        await Assertions.Expect(page.Locator("#meddelanden")).ToContainTextAsync("Någon annan är inloggad nu i den här webbläsaren.");
        await Assertions.Expect(page.Locator("#kommentarer")).Not.ToContainTextAsync("Hej");
        await Pictures.TakeAsync(page, "annan-inloggad");

        await page.GetByRole(AriaRole.Button, new() { Name = "Spara kommentaren" }).ClickAsync();
        var told = page.Locator("#meddelanden");
        await Assertions.Expect(told).ToContainTextAsync("Läget har ändrats. Sidan visades för någon annan: nu är Ärendemottagare B");
        await Assertions.Expect(comment).ToHaveValueAsync("Skrivet av den första");
        await Pictures.TakeAsync(page, "annan-inloggad-nekad");

        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();   // the comment is left
        await page.GetByRole(AriaRole.Button, new() { Name = "Ta", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".cw-problem")).ToContainTextAsync("Inget är gjort.");
        await Pictures.TakeAsync(page, "annan-inloggad-ta");
        var after = await fixture.GetAsync("/api/tasks/" + task);
        after["assignee"].Should().BeNull();
        after["comments"]!.ToJsonString().Should().NotContain("den första");

        // From here on the page is the other's, and follows what happens.
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("Enhetens uppgifter") }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/enhetens-uppgifter$"));
        var (_, number) = await fixture.CaseAsync("Skicka meddelande");
        await Assertions.Expect(page.Locator("tr[data-row]").Filter(new() { HasText = number })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#meddelanden")).ToBeEmptyAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_not_there_or_not_ones_own_is_said_in_Swedish()
    {
        var (id, _) = await fixture.CaseAsync("Skicka meddelande");
        var page = await fixture.SignedInAsync("onk1.mott.a");
        (await page.GotoAsync("/arenden/" + Guid.NewGuid()))!.Status.Should().Be(404);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sidan finns inte" })).ToBeVisibleAsync();
        (await page.GotoAsync("/finns-inte"))!.Status.Should().Be(404);
        await page.Context.CloseAsync();

        var other = await fixture.SignedInAsync("onk3.mott");
        (await other.GotoAsync("/arenden/" + id))!.Status.Should().Be(403);
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Du har inte behörighet" })).ToBeVisibleAsync();
        await other.Context.CloseAsync();

        var abroad = await fixture.SignedInAsync("rg.ssk");
        (await abroad.GotoAsync("/arenden/" + id))!.Status.Should().Be(404);
        await abroad.Context.CloseAsync();
    }
}
