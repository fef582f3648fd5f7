using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>From one page of Studio to another: the document stays, so that Studio does not start again, wherever that is safe.</summary>
[Collection(StudioCollection.Name)]
public sealed class NavigationTests(StudioFixture studio)
{
    [Fact]
    public async Task Pages_follow_each_other_in_one_document_and_lose_no_change()
    {
        await using var window = await studio.OpenAsync();
        var page = window.Page;
        await window.SaveAsync(RoutineModels.Lines("test-forsta", "Den första", "Hej"));
        await window.SaveAsync(RoutineModels.Lines("test-andra", "Den andra", "Hej", "Igen"), publish: true);
        var run = await studio.StartAsync("test-andra");
        var editor = new Editor(window);

        await editor.OpenFromListAsync("test-forsta", 2);
        await window.MarkDocumentAsync();
        await PageIsAsync("Den första", "Redigera");
        await editor.Name.FillAsync("Den första, ändrad");
        await page.Keyboard.PressAsync("Tab");

        // Left at once; the list has the change, and the next routine is saved on its own draft.
        await window.FindRoutineAsync("test-forsta");
        await page.Locator("tbody tr", new() { HasText = "Den första, ändrad" }).First.WaitForAsync();
        await editor.OpenFromListAsync("test-andra", 3);
        await PageIsAsync("Den andra", "Redigera");
        var saved = await editor.SavedAsync(() => editor.Name.FillAsync("Den andra, ändrad").ContinueWith(_ => page.Keyboard.PressAsync("Tab"), TaskScheduler.Default).Unwrap());
        saved.Status.Should().Be(200, "the draft of the routine before is not this one's");

        await page.Locator(".cw-strip").GetByRole(AriaRole.Link, new() { Name = "Körningar", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/studio/workflows/instances?page=1&pageSize=10");
        await page.Locator("tbody tr").First.WaitForAsync();
        await PageIsAsync("Körningar", "Körningar");

        await page.GoBackAsync();
        await editor.DrawnAsync(3);
        await PageIsAsync("Den andra, ändrad", "Redigera");
        await page.GoForwardAsync();
        await page.Locator("tbody tr").First.WaitForAsync();
        await PageIsAsync("Körningar", "Körningar");
        (await page.Locator("elsa-workflow-definition-editor").CountAsync()).Should().Be(0, "one element lives at a time");
        (await window.IsMarkedAsync()).Should().BeTrue("nothing was loaded anew");
        await window.ShouldBeFreeOfTroubleAsync();

        // A finished run is followed over no hub, so its viewer gives place as well.
        await page.Locator("input[placeholder]").First.FillAsync(run);
        await page.Locator("tbody tr", new() { HasText = run }).First.ClickAsync();
        await editor.DrawnAsync(3);
        await window.FindRoutineAsync("test-andra");
        (await window.IsMarkedAsync()).Should().BeTrue("the run had ended");

        // Files that another build of the host has changed want a new document.
        await page.EvaluateAsync("() => document.querySelector('script[src*=steps]').remove()");
        await editor.OpenFromListAsync("test-andra", 3);
        (await window.IsMarkedAsync()).Should().BeFalse("the page was made of other files");

        // Somebody else publishes a routine that is a step in others: Studio has read the old toolbox.
        await window.MarkDocumentAsync();
        var step = RoutineModels.Lines("test-nytt-steg", "Ett nytt steg", "Hej");
        step["options"] = new JsonObject { ["usableAsActivity"] = true };
        await window.SaveAsync(step, publish: true);
        await window.FindRoutineAsync("test-andra");
        (await window.IsMarkedAsync()).Should().BeFalse("the toolbox has changed");
        await window.ShouldBeFreeOfTroubleAsync();

        async Task PageIsAsync(string title, string current)
        {
            await Assertions.Expect(page).ToHaveTitleAsync(title + " – CaseWorkflows");
            await Assertions.Expect(page.Locator(".cw-strip [aria-current=page]")).ToHaveTextAsync(current);
        }
    }

    [Fact]
    public async Task The_pages_beside_the_editor_look_as_when_they_are_loaded_and_lead_back_without_a_new_document()
    {
        await using var window = await studio.OpenAsync();
        var page = window.Page;
        var model = RoutineModels.Lines("test-bredvid", "Bredvid", "Hej", "Igen");
        model["root"]!["connections"]!.AsArray().RemoveAt(1);   // the last step cannot be reached
        await window.SaveAsync(model);
        var editor = new Editor(window);
        await editor.OpenAsync("test-bredvid", 3);
        await window.MarkDocumentAsync();

        await OpenAsync("Granska", "Granskning av Bredvid");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Gå till steget") }).First.ClickAsync();
        await editor.DrawnAsync(3);
        await page.Locator(".x6-node-selected[data-cell-id=line2]").WaitForAsync();
        await OpenAsync("Versioner", "Versioner av Bredvid");
        await page.GoBackAsync();
        await editor.DrawnAsync(3);
        await window.ShouldBeFreeOfTroubleAsync();
        await OpenAsync("Utkast", "Sparade utkast av Bredvid");
        (await window.IsMarkedAsync()).Should().BeTrue("nothing was loaded anew");

        await page.Mouse.MoveAsync(800, 900);
        var exchanged = await page.ScreenshotAsync();
        await page.ReloadAsync();
        (await page.ScreenshotAsync()).Should().Equal(exchanged, "a page looks the same however one came to it");
        await window.ShouldBeFreeOfTroubleAsync();

        async Task OpenAsync(string tool, string heading)
        {
            await page.Locator(".cw-tools").GetByRole(AriaRole.Link, new() { Name = tool, Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 }).WaitForAsync();
            (await page.Locator(".cw-strip [aria-current=page]").InnerTextAsync()).Should().Be(tool);
        }
    }

    [Fact]
    public async Task A_run_that_is_followed_live_is_left_with_a_new_document()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Waiting("test-foljd", "Följs och lämnas", "Aldrig", "Klart"), publish: true);
        var run = await studio.StartAsync("test-foljd");
        await window.Page.RunAndWaitForWebSocketAsync(() => window.Page.GotoAsync($"/studio/workflows/instances/{run}/view"));
        await new Editor(window).DrawnAsync(3);
        await window.MarkDocumentAsync();

        await window.FindRoutineAsync("test-foljd");

        (await window.IsMarkedAsync()).Should().BeFalse("an element that is connected to the hub is not replaced");
        await window.Context.ClearCookiesAsync();
        await window.Page.Locator("tbody tr", new() { HasText = "test-foljd" }).First.ClickAsync();
        await window.Page.WaitForURLAsync("**/logga-in?returnUrl=**test-foljd**");
        window.Troubles("401").Should().BeEmpty();
    }
}
