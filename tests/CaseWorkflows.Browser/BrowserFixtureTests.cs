using CaseWorkflows.Testing;

namespace CaseWorkflows.Browser;

public sealed class BrowserFixtureTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task A_person_who_is_not_signed_in_is_taken_to_the_sign_in_page()
    {
        await using var host = await TestHost.StartAsync();
        await using var context = await fixture.NewContextAsync(host.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/studio/workflows/definitions");
        new Uri(page.Url).AbsolutePath.Should().Be("/logga-in");
    }
}
