using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>What Studio's elements show either works here or is not shown, and all of it is Swedish.</summary>
[Collection(StudioCollection.Name)]
public sealed class OfferedTests(StudioFixture studio)
{
    private const string Kinds = ".workflow-root-template-option:visible .mud-typography-subtitle2";

    [Theory]
    [InlineData("sv", "Ny rutin", "Flödesschema", "Sekvens")]
    [InlineData("en", "Create workflow", "Flowchart", "Sequence")]
    public async Task Only_kinds_of_routine_that_run_are_offered_wherever_they_stand(string language, string button, params string[] kinds)
    {
        await using var window = await studio.OpenAsync();
        await window.Page.GotoAsync("/studio/workflows/definitions");
        if (language == "en") await window.Page.GetByRole(AriaRole.Button, new() { Name = "English", Exact = true }).ClickAsync();
        await window.OpenNewRoutineAsync(button);
        await window.Page.Locator(Kinds).First.WaitForAsync();
        await Assertions.Expect(window.Page.Locator(Kinds)).ToHaveTextAsync(kinds);

        // In another order the same ones are left.
        await window.Page.EvaluateAsync("() => { const all = [...document.querySelectorAll('.workflow-root-template-option')]; all[0].before(all.at(-1)); }");
        await Assertions.Expect(window.Page.Locator(Kinds)).ToHaveTextAsync(kinds);
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task Instances_are_neither_imported_nor_removed_by_hand()
    {
        await studio.CaseAsync();
        await using var window = await studio.OpenAsync();
        await window.Page.GotoAsync("/studio/workflows/instances");
        await window.Page.Locator("tbody tr .mud-menu button").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".mud-popover-open .mud-menu-item:visible")).ToHaveTextAsync(["Visa", "Avbryt"]);
        await window.Page.Keyboard.PressAsync("Escape");
        (await window.Page.GetByRole(AriaRole.Button, new() { Name = "Åtgärder", Exact = true }).IsVisibleAsync()).Should().BeFalse("all that it has is import");
        (await StudioWords.OnAsync(window.Page)).Should().BeEmpty();
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task Every_tab_and_menu_of_the_editor_is_Swedish_and_works()
    {
        await using var window = await studio.OpenAsync();
        // A way called Default is Studio's word too, and does not make the drop-downs' Default somebody's.
        var model = RoutineModels.EveryEditor("test-flikar", "Alla flikar");
        model["root"]!["connections"]!.AsArray().Add((System.Text.Json.Nodes.JsonNode)RoutineModels.Connection("vagar", "ut", "Default"));
        await window.SaveAsync(model);
        var editor = new Editor(window);
        await editor.OpenAsync("test-flikar", 9);
        foreach (var step in (string[])["uppgift", "val"])
        {
            await editor.SelectAsync(step);
            foreach (var tab in (string[])["Utdata", "Allmänt", "Prova", "Om steget", "Indata"])
            {
                await window.Page.GetByRole(AriaRole.Tab, new() { Name = tab, Exact = true }).Last.DispatchEventAsync("click");
                await window.Page.Locator(".mud-tab-active", new() { HasText = tab }).WaitForAsync();
                (await StudioWords.OnAsync(window.Page)).Should().BeEmpty($"the tab {tab} of {step}");
            }
        }

        await window.Page.Locator(".embedded-port", new() { HasText = "Annars" }).WaitForAsync();
        foreach (var tab in (string[])["Variabler", "In- och utdata", "Versioner", "Egenskaper"])
        {
            await window.Page.GetByRole(AriaRole.Tab, new() { Name = tab, Exact = true }).Last.DispatchEventAsync("click");
            await window.Page.Locator(".mud-tab-active", new() { HasText = tab }).WaitForAsync();
            (await StudioWords.OnAsync(window.Page)).Should().BeEmpty($"the tab {tab}");
        }

        (await window.Page.Locator(".mud-tab:visible", new() { HasTextRegex = new("Loggning|Sparas när") }).CountAsync()).Should().Be(0, "there is one way only of either");
        await window.Page.Locator(".mud-button-group-root button").Last.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".mud-popover-open .mud-menu-item:visible")).ToHaveTextAsync(["Spara som ny", "Exportera", "Importera från fil"]);
        await window.Page.Locator(".mud-popover-open .mud-menu-item").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".mud-dialog input").First).ToHaveValueAsync("Alla flikar – kopia");
        (await StudioWords.OnAsync(window.Page)).Should().BeEmpty("the dialog");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task A_runtime_that_has_died_is_started_anew_and_one_that_dies_again_is_told_of()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Lines("test-dod", "Överlever", "Hej"));
        var editor = new Editor(window);
        await editor.OpenAsync("test-dod", 2);

        await window.Page.EvaluateAsync("() => { window.cwBefore = true; }");
        await DieAsync();
        await window.Page.WaitForFunctionAsync("() => !window.cwBefore");
        await editor.DrawnAsync(2);

        await DieAsync();
        await window.Page.Locator("#blazor-error-ui").WaitForAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Ladda om sidan" }).ClickAsync();
        await editor.DrawnAsync(2);
        window.Troubles("runtime already exited").Should().BeEmpty();

        // As the runtime does it: from a timer of its own, so that nothing on the page catches it.
        Task DieAsync() => window.Page.EvaluateAsync("() => { setTimeout(() => { throw new Error('.NET runtime already exited with 1'); }, 0); }");
    }
}
