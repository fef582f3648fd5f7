using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>The pages beside the editor, and who may see them.</summary>
[Collection(StudioCollection.Name)]
public sealed class RoutinePagesTests(StudioFixture studio)
{
    [Fact]
    public async Task Two_versions_are_compared_and_the_older_comes_back_in_one_action()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Lines("test-version", "Har två versioner", "Hej", "Borttagen sedan"), publish: true);
        var second = RoutineModels.Lines("test-version", "Har två versioner", "Hej på dig");
        var added = RoutineModels.Step("ny", "Elsa.WriteLine", "Nytt steg", 2, 1);
        added["text"] = RoutineModels.Wrapped("Nytt");
        second["root"]!["activities"]!.AsArray().Add((JsonNode)added);
        second["root"]!["connections"]!.AsArray().Add((JsonNode)RoutineModels.Connection("line1", "ny"));
        await window.SaveAsync(second, publish: true);

        await window.Page.GotoAsync("/studio/workflows/definitions/test-version/versions");
        await window.ShootAsync("versioner");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Jämför med 1" }).ClickAsync();
        var text = await window.Page.Locator("main").InnerTextAsync();
        text.Should().Contain("Nytt steg").And.Contain("Tillagd").And.Contain("Borttagen").And.Contain("Hej på dig").And.Contain("Rad 2");
        await window.ShootAsync("jamforelse");

        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Versioner" }).ClickAsync();
        await window.Page.GetByLabel("Varför går du tillbaka till version 1?").FillAsync("Ändringen var fel");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Gå tillbaka till version 1" }).ClickAsync();
        await window.Page.GetByText("Innehållet i version 1 är publicerat som version 3.").WaitForAsync();
        (await window.Page.Locator("main").InnerTextAsync()).Should().Contain("Ändringen var fel");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task A_saved_draft_comes_back()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Lines("test-utkast", "Har sparade utkast", "Ett", "Nummer 2"));
        await window.SaveAsync(RoutineModels.Lines("test-utkast", "Har sparade utkast", "Ett", "Ändrat"));

        await window.Page.GotoAsync("/studio/workflows/definitions/test-utkast/drafts");
        await window.ShootAsync("utkast");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Återställ" }).Last.ClickAsync();
        await window.Page.WaitForURLAsync("**/edit");

        (await window.ApiAsync("GET", "workflow-definitions/by-definition-id/test-utkast?versionOptions=Latest")).ToJsonString().Should().Contain("Nummer 2");
    }

    [Fact]
    public async Task A_session_that_has_ended_leads_to_the_sign_in_page_and_back()
    {
        await using var window = await studio.OpenAsync();
        await window.Page.GotoAsync("/studio/workflows/definitions");
        await window.Page.Locator("tbody tr").First.WaitForAsync();
        await window.Context.ClearCookiesAsync();

        var signIn = window.Page.WaitForURLAsync("**/logga-in?returnUrl=**");
        try
        {
            await window.Page.GetByPlaceholder("Sök på id, namn eller beskrivning").FillAsync("svarsklocka", new() { Timeout = 5000 });
        }
        catch (TimeoutException)
        {
            // A call of the page's own met the ended session first, and took the field away.
        }

        await signIn;
        await window.Page.GotoAsync(window.Page.Url);   // whatever else met the ended session is over
        await window.Page.FillAsync("[name=userName]", StudioFixture.ProcessOwner);
        await window.Page.FillAsync("[name=password]", "demo");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.WaitForURLAsync("**/studio/workflows/definitions**");
        await window.Page.Locator("tbody tr").First.WaitForAsync();
        window.Troubles("401").Should().BeEmpty();
    }

    [Fact]
    public async Task A_missing_routine_is_a_plain_page()
    {
        await using var window = await studio.OpenAsync();
        var response = await window.Page.GotoAsync("/studio/workflows/definitions/finns-inte/edit");
        response!.Status.Should().Be(404);
        (await window.Page.Locator("h1").InnerTextAsync()).Should().Be("Sidan finns inte");
    }
}
