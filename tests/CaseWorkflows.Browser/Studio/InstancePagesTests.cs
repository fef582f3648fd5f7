using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>Instances in the viewer: marks on the steps, journal, executions, incidents, variables; and the list of them.</summary>
[Collection(StudioCollection.Name)]
public sealed class InstancePagesTests(StudioFixture studio)
{
    [Fact]
    public async Task A_finished_instance_shows_its_steps_journal_and_executions()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Lines("test-klar", "Går klart", "Första", "Andra"), publish: true);
        await ViewAsync(window, await EditingTests.StartAsync(window, "test-klar"), 3);

        await window.Page.Locator(".elsa-activity-wrapper-badge .mud-badge").First.WaitForAsync();
        (await window.Page.Locator(".mud-timeline-item").CountAsync()).Should().BeGreaterThan(5);
        (await window.Page.Locator(".mud-timeline").InnerTextAsync()).Should().Contain("Klar").And.NotContain("Completed");
        await new Editor(window).SelectAsync("line2");
        await window.Page.GetByRole(AriaRole.Tab, new() { Name = "Körningar av steget" }).ClickAsync();
        await window.Page.Locator(".mud-table-body tr").First.WaitForAsync();
        await window.ShootAsync("korning-avslutad");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task A_faulted_instance_shows_its_incident()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Failing("test-fel", "Går fel"), publish: true);
        await ViewAsync(window, await EditingTests.StartAsync(window, "test-fel"), 2);

        await window.Page.GetByRole(AriaRole.Tab, new() { Name = "Incidenter" }).ClickAsync();
        await window.Page.GetByText("Skrivaren är trasig").First.WaitForAsync();
        await window.ShootAsync("korning-fel");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task A_run_from_the_editor_is_watched_live_until_it_finishes()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Waiting("test-live", "Följs i realtid", "Live", "Klart"), publish: true);
        await new Editor(window).OpenAsync("test-live", 3);

        await window.Page.Locator("button:has(svg path[d^='M8 5v14l11-7'])").First.ClickAsync();
        await window.Page.WaitForURLAsync("**/view");
        await new Editor(window).DrawnAsync(3);
        await window.Page.Locator(".mud-timeline", new() { HasText = "Väntar" }).WaitForAsync();
        await window.Page.WaitForTimeoutAsync(2500);
        await window.ShootAsync("korning-vantar");

        await window.ApiAsync("POST", "events/Live/trigger", new { workflowInstanceId = new Uri(window.Page.Url).Segments[^2].Trim('/') });
        await window.Page.Locator("table", new() { HasTextRegex = new(@"Läge\s*Avslutad") }).First.WaitForAsync();
        await window.Page.Locator(".x6-node[data-cell-id=rad] .mud-badge").WaitForAsync();
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task The_list_is_filtered_and_what_is_chosen_is_cancelled()
    {
        // Runs in earnest are ended by those who decide about their faults.
        await using var window = await studio.OpenAsync("utvecklare");
        await window.SaveAsync(RoutineModels.Waiting("test-avbryt", "Avbryts i listan", "Aldrig", "Klart"), publish: true);
        var ids = new[] { await studio.StartAsync("test-avbryt"), await studio.StartAsync("test-avbryt") };

        foreach (var id in ids)
        {
            await window.Page.GotoAsync("/studio/workflows/instances?search=" + id);
            var row = window.Page.Locator("tbody tr", new() { HasText = id }).First;
            await row.WaitForAsync();
            await window.Page.Locator("th", new() { HasTextRegex = new(@"^\s*Rutin\s*$") }).WaitForAsync();
            if (id == ids[0]) await window.ShootAsync("korningar");
            await row.Locator("input[type=checkbox]").CheckAsync(new() { Force = true });
            await window.Page.GetByRole(AriaRole.Button, new() { Name = "Åtgärder för valda" }).ClickAsync();
            await window.Page.Locator(".mud-popover-open .mud-menu-item", new() { HasText = "Avbryt" }).First.ClickAsync();
            await window.Page.Locator(".mud-dialog").Last.GetByRole(AriaRole.Button).Last.ClickAsync();
            await window.Page.Locator("#cw-answer").FillAsync("Startad av misstag");
            await window.Page.GetByRole(AriaRole.Button, new() { Name = "Avbryt rutinen" }).ClickAsync();
            await window.Page.Locator("tbody tr", new() { HasText = id }).Filter(new() { HasText = "Avbruten" }).First.WaitForAsync();
            ((string?)(await EditingTests.InstanceAsync(window, id))["subStatus"]).Should().Be("Cancelled");
        }

        // The first answer is the question why.
        await window.ShouldBeFreeOfTroubleAsync("bulk-actions/cancel", "status of 400");
    }

    private static async Task ViewAsync(StudioWindow window, string id, int steps)
    {
        await window.Page.GotoAsync($"/studio/workflows/instances/{id}/view");
        await new Editor(window).DrawnAsync(steps);
        await window.Page.Locator(".mud-timeline-item").First.WaitForAsync();
    }
}
