using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>The list of routines: new, copied, exported, imported, taken away.</summary>
[Collection(StudioCollection.Name)]
public sealed class RoutineListTests(StudioFixture studio)
{
    [Fact]
    public async Task The_list_shows_the_routines_in_Swedish()
    {
        await using var window = await studio.OpenAsync();
        await window.Page.GotoAsync("/studio/workflows/definitions");
        await window.Page.Locator("tbody tr").Nth(1).WaitForAsync();
        await window.Page.WaitForTimeoutAsync(500);

        await window.ShootAsync("rutiner");
        (await window.Page.Locator("h5").First.InnerTextAsync()).Should().Be("Rutiner");
        (await window.Page.Locator("thead").First.InnerTextAsync()).Should().Contain("Senaste version");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Theory]
    [InlineData("definitions", "?page=1&pageSize=10")]
    [InlineData("instances?search=svarsklocka&pageSize=25", "?page=1&pageSize=25&search=svarsklocka")]
    public async Task A_list_does_not_change_its_address_by_itself_so_that_dialogs_stay_open(string list, string address)
    {
        await using var window = await studio.OpenAsync();
        await window.Page.AddInitScriptAsync("window.changes = []; window.navigation.addEventListener('navigate', (e) => { if (document.querySelector('tbody')) window.changes.push(e.destination.url); });");
        await window.Page.GotoAsync("/studio/workflows/" + list);
        await window.Page.Locator("tbody").First.WaitForAsync();
        await window.Page.WaitForTimeoutAsync(2000);

        new Uri(window.Page.Url).Query.Should().Be(address);
        (await window.Page.EvaluateAsync<string[]>("window.changes")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_new_routine_opens_in_the_editor_and_only_kinds_that_run_are_offered()
    {
        await using var window = await studio.OpenAsync();
        var dialog = window.Page.Locator(".mud-dialog");
        await window.OpenNewRoutineAsync("Ny rutin");
        await dialog.GetByText("Flödesschema").WaitForAsync();
        (await dialog.GetByText("Tillståndsmaskin").IsVisibleAsync()).Should().BeFalse();
        await Assertions.Expect(dialog.GetByLabel("Namn").First).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"Ny rutin \d+"));
        await dialog.GetByLabel("Namn").First.FillAsync("Helt ny rutin");
        await window.ShootAsync("ny-rutin");
        await dialog.Locator(".mud-dialog-actions button").Last.ClickAsync();

        await window.Page.WaitForURLAsync("**/edit");
        await window.Page.Locator(".x6-graph").First.WaitForAsync();
        await window.Page.ReloadAsync();
        await window.Page.Locator(".x6-graph").First.WaitForAsync();
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task A_routine_is_copied_exported_imported_and_taken_away()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Lines("test-kopia", "Kopieras och tas bort", "Hej"), publish: true);

        await MenuAsync(window, "Kopieras och tas bort", "Kopiera");
        var dialog = window.Page.Locator(".mud-dialog");
        await dialog.GetByLabel("Namn").First.FillAsync("Kopian som togs");
        await dialog.Locator(".mud-dialog-actions button").Last.ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await window.Page.GotoAsync("/studio/workflows/definitions?search=Kopian");
        await Row(window, "Kopian som togs").WaitForAsync();

        var download = await window.Page.RunAndWaitForDownloadAsync(async () =>
        {
            await MenuAsync(window, "Kopieras och tas bort", "Exportera");
            await window.Page.Locator(".mud-dialog .mud-dialog-actions button").Last.ClickAsync();
        });
        var file = JsonNode.Parse(await File.ReadAllTextAsync((await download.PathAsync())!))!.AsObject();
        ((string?)file["definitionId"]).Should().Be("test-kopia");

        await MenuAsync(window, "Kopieras och tas bort", "Ta bort");
        await window.Page.Locator(".mud-dialog, .mud-message-box").Last.GetByRole(AriaRole.Button).Last.ClickAsync();
        await Row(window, "Kopieras och tas bort").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        file["definitionId"] = "test-import";
        file["name"] = "Kom tillbaka ur filen";
        file.Remove("id");
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");
        await File.WriteAllTextAsync(path, file.ToJsonString());
        await window.Page.GotoAsync("/studio/workflows/definitions?search=filen");
        await window.Page.Locator("input[type=file]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await window.Page.Locator("input[type=file]").First.SetInputFilesAsync(path);
        await Row(window, "Kom tillbaka ur filen").WaitForAsync();
        File.Delete(path);
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task Names_that_people_chose_are_never_translated()
    {
        await using var window = await studio.OpenAsync();
        var model = RoutineModels.Lines("test-ord", "Settings", "Metadata");
        model["description"] = "Published";
        model["root"]!["activities"]![1]!["metadata"]!["displayText"] = "Activities";
        model["variables"]!.AsArray().Add((JsonNode)new JsonObject { ["id"] = "v1", ["name"] = "Suspended", ["typeName"] = "String", ["isArray"] = false, ["value"] = "Running", ["storageDriverTypeName"] = null });
        await window.SaveAsync(model);

        await window.Page.GotoAsync("/studio/workflows/definitions?search=Settings");
        await Row(window, "Settings").WaitForAsync();
        var row = await Row(window, "Settings").InnerTextAsync();
        row.Should().Contain("Settings").And.Contain("Published");

        var editor = new Editor(window);
        await editor.OpenAsync("test-ord", 2);
        await window.Page.WaitForTimeoutAsync(1500);
        (await window.Page.GetByRole(AriaRole.Tab, new() { Name = "Settings", Exact = true }).CountAsync()).Should().Be(1, "the tab of the routine bears its name");
        (await editor.Name.InputValueAsync()).Should().Be("Settings");
        (await window.Page.Locator(".x6-graph").First.InnerTextAsync()).Should().Contain("Activities");
        await editor.TabAsync("Variabler");
        await window.Page.GetByText("Suspended", new() { Exact = true }).First.WaitForAsync();
        await window.ShouldBeFreeOfTroubleAsync("Settings", "Suspended");
    }

    [Fact]
    public async Task English_is_there_for_those_who_choose_it()
    {
        await using var window = await studio.OpenAsync();
        await window.Page.GotoAsync("/studio/workflows/definitions");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await window.Page.GetByText("Create workflow").First.WaitForAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Svenska" }).ClickAsync();
        await window.Page.GetByText("Ny rutin").First.WaitForAsync();
        await window.ShouldBeFreeOfTroubleAsync();
    }

    private static ILocator Row(StudioWindow window, string name) => window.Page.Locator("tbody tr", new() { HasText = name }).First;

    private static async Task MenuAsync(StudioWindow window, string name, string item, bool go = true)
    {
        if (go || !window.Page.Url.Contains("/workflows/definitions", StringComparison.Ordinal))
            await window.Page.GotoAsync("/studio/workflows/definitions?search=" + Uri.EscapeDataString(name));
        await Row(window, name).Locator(".mud-menu button").ClickAsync();
        await window.Page.Locator(".mud-popover-open .mud-menu-item", new() { HasText = item }).First.ClickAsync();
    }
}
