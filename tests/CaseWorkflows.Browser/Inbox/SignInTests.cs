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
