using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Testing;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>A real case's run, its sub-routine, and what another host does with it.</summary>
[Collection(StudioCollection.Name)]
public sealed class SubroutineTests(StudioFixture studio)
{
    private const string Responsible = "onk1.mott.a";

    [Fact]
    public async Task A_cases_run_leads_to_the_clock_that_it_started_and_back()
    {
        var caseId = await studio.CaseAsync();
        await using var window = await studio.OpenAsync();
        var run = await RunAsync(window, caseId);
        var editor = new Editor(window);
        await window.Page.GotoAsync($"/studio/workflows/instances/{run}/view");
        await editor.DrawnAsync(30);
        await window.Page.Locator(".x6-node[data-cell-id=svarsklocka] .mud-badge").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Svarsklocka" }).ClickAsync();
        await window.Page.WaitForURLAsync(url => !url.Contains(run, StringComparison.Ordinal));
        await editor.DrawnAsync(15);
        await window.Page.Locator(".x6-node[data-cell-id=svarstid] .mud-badge").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await window.Page.Locator(".mud-timeline-item").First.WaitForAsync();
        await window.ShootAsync("underrutin");
        var clock = new Uri(window.Page.Url).Segments[^2].Trim('/');
        ((string?)(await EditingTests.InstanceAsync(window, clock))["definitionId"]).Should().Be("x-svarsklocka");
        (await StudioWords.OnAsync(window.Page)).Should().BeEmpty();

        await window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Körningar som hör ihop med den öppna" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await window.Page.WaitForURLAsync($"**/{run}/view");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task A_task_completed_on_another_host_shows_on_the_open_page_without_a_reload()
    {
        await using var other = await TestHost.StartAsync(new TestHostOptions { Database = studio.Host.Database });
        var caseId = await studio.CaseAsync();
        await using var window = await studio.OpenAsync();
        var run = await RunAsync(window, caseId);
        await window.Page.GotoAsync($"/studio/workflows/instances/{run}/view");
        await new Editor(window).DrawnAsync(30);
        await window.Page.Locator(".x6-node[data-cell-id=fordela] .mud-badge").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var connected = await window.Page.EvaluateAsync<double>("() => { window.cwSame = true; return performance.timeOrigin; }");

        using var there = await StudioFixture.ClientAsync(other.Address, Responsible);
        var tasks = JsonNode.Parse(await there.GetStringAsync($"/api/tasks?view=unit&case={caseId}&limit=100"))!["items"]!.AsArray();
        var task = tasks.First(t => (string?)t!["title"] == "Fördela ärende")!["id"]!.ToString();
        using var done = await there.PostAsJsonAsync($"/api/tasks/{task}/complete", new { outcome = "Besvara själv", fields = new { Svarstext = "Ta en värktablett" } });
        done.IsSuccessStatusCode.Should().BeTrue(await done.Content.ReadAsStringAsync());

        await window.Page.Locator(".x6-node[data-cell-id=slutDirekt] .mud-badge").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await window.Page.Locator("table", new() { HasTextRegex = new(@"Läge\s*Avslutad") }).First.WaitForAsync();
        (await window.Page.EvaluateAsync<double>("() => window.cwSame ? performance.timeOrigin : 0")).Should().Be(connected, "the page was never loaded again");
        ((string?)(await EditingTests.InstanceAsync(window, run))["subStatus"]).Should().Be("Finished");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task A_double_click_on_a_routine_used_as_a_step_opens_its_picture_and_the_crumbs_lead_back()
    {
        await using var window = await studio.OpenAsync();
        var inner = RoutineModels.Lines("test-inre", "Inre rutin", "Hej", "Då");
        inner["options"] = new JsonObject { ["usableAsActivity"] = true };
        await window.SaveAsync(inner, publish: true);
        var type = (await window.ApiAsync("GET", "descriptors/activities"))["items"]!.AsArray().Single(a => (string?)a!["displayName"] == "Inre rutin")!;
        var step = RoutineModels.Step("delen", (string)type["typeName"]!, "Delen", 2);
        foreach (var (name, value) in type["constructionProperties"]!.AsObject()) step[name] = value?.DeepClone();
        var outer = RoutineModels.Lines("test-yttre", "Yttre rutin", "Först");
        outer["root"]!["activities"]!.AsArray().Add((JsonNode)step);
        outer["root"]!["connections"]!.AsArray().Add((JsonNode)RoutineModels.Connection("line1", "delen"));
        await window.SaveAsync(outer, publish: true);
        await window.Page.GotoAsync($"/studio/workflows/instances/{await EditingTests.StartAsync(window, "test-yttre")}/view");
        await new Editor(window).DrawnAsync(3);
        await Drawn("delen").Locator(".mud-badge").WaitForAsync();

        await Drawn("line1").Locator(".elsa-activity").DblClickAsync();   // nothing inside
        await Drawn("delen").Locator(".elsa-activity").DblClickAsync();
        await Drawn("line2").Locator(".mud-badge").WaitForAsync();
        await Assertions.Expect(window.Page.Locator(".mud-breadcrumbs")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\s*Hela rutinen\s*delen: Innehåll\s*$"));
        await window.ShootAsync("underrutin-oppnad");
        (await StudioWords.OnAsync(window.Page)).Should().BeEmpty();

        await window.Page.Locator(".mud-breadcrumbs").GetByText("Hela rutinen").ClickAsync();
        await Drawn("delen").Locator(".mud-badge").WaitForAsync();
        await window.ShouldBeFreeOfTroubleAsync();

        ILocator Drawn(string id) => window.Page.Locator($".x6-node[data-cell-id={id}]");
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_a_plain_page()
    {
        await using var window = await studio.OpenAsync();
        foreach (var id in (string[])["inget", Guid.NewGuid().ToString()])
            (await window.Page.GotoAsync($"/studio/workflows/instances/{id}/view"))!.Status.Should().Be(404);
        (await window.Page.Locator("h1").InnerTextAsync()).Should().Be("Sidan finns inte");
    }

    private static async Task<string> RunAsync(StudioWindow window, string caseId) =>
        (string)(await window.ApiAsync("POST", "workflow-instances", new { page = 0, pageSize = 10, correlationId = caseId, definitionIds = new[] { "onk-arende" } }))["items"]!.AsArray().Single()!["id"]!;
}
