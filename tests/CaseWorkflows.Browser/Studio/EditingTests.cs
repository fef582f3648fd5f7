using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>Changing a routine in the editor, from the toolbox to a new case that follows the change.</summary>
[Collection(StudioCollection.Name)]
public sealed class EditingTests(StudioFixture studio)
{
    [Fact]
    public async Task A_step_is_dragged_in_connected_edited_and_published_for_the_next_run_only()
    {
        await using var window = await studio.OpenAsync();
        var first = await window.SaveAsync(RoutineModels.Waiting("test-andra", "Ändras i redigeraren", "Provhändelse", "Klart"), publish: true);
        var running = await StartAsync(window, "test-andra");
        var editor = new Editor(window);
        await editor.OpenAsync("test-andra", 3);

        await editor.SavedAsync(() => editor.DragInAsync("Skriv rad", "Skriv rad"));
        await editor.DrawnAsync(4);
        var added = await window.Page.EvaluateAsync<string>("async () => { const d = await import('/studio/_content/Elsa.Studio.Workflows.Designer/designer.entry.js'); return Object.values(d.graphBindings)[0].graph.getNodes().map(n => n.id).find(i => !['start','vanta','rad'].includes(i)); }");
        await editor.SavedAsync(() => editor.ConnectAsync("rad", added));
        await editor.SelectAsync(added);
        await editor.SavedAsync(async () =>
        {
            await editor.Field("Text").FillAsync("En rad till");
            await window.Page.Keyboard.PressAsync("Tab");
        });
        await window.ShootAsync("redigera-steg");
        var answer = await editor.PublishAsync("En rad saknades");

        answer.Status.Should().Be(200, await answer.TextAsync());
        (await editor.CountAsync()).Should().Be((4, 3));
        var published = await window.ApiAsync("GET", "workflow-definitions/by-definition-id/test-andra?versionOptions=Published");
        published["version"]!.GetValue<int>().Should().Be(first["version"]!.GetValue<int>() + 1);
        (await InstanceAsync(window, running))["version"]!.GetValue<int>().Should().Be(first["version"]!.GetValue<int>(), "what has begun goes on as it began");
        (await InstanceAsync(window, await StartAsync(window, "test-andra")))["version"]!.GetValue<int>().Should().Be(published["version"]!.GetValue<int>());
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task A_routine_is_renamed_and_gets_a_variable()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Lines("test-namn", "Före namnbytet", "Hej"));
        var editor = new Editor(window);
        await editor.OpenAsync("test-namn", 2);

        await editor.SavedAsync(async () =>
        {
            await editor.Name.FillAsync("Efter namnbytet");
            await window.Page.Keyboard.PressAsync("Tab");
        });
        await editor.TabAsync("Variabler");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Lägg till variabel" }).ClickAsync();
        var dialog = window.Page.Locator(".mud-dialog");
        var name = dialog.GetByRole(AriaRole.Textbox, new() { NameRegex = new(@"^Namn\*?$") }).First;
        await Assertions.Expect(name).ToHaveValueAsync("Variabel1");   // proposed, a moment after the dialog has come
        await name.FillAsync("Antal");
        await window.ShootAsync("ny-variabel");
        await editor.SavedAsync(() => dialog.Locator(".mud-dialog-actions button").Last.ClickAsync());

        var saved = await window.ApiAsync("GET", "workflow-definitions/by-definition-id/test-namn?versionOptions=Latest");
        ((string?)saved["name"]).Should().Be("Efter namnbytet");
        saved["variables"]!.AsArray().Select(v => (string?)v!["name"]).Should().Contain("Antal");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task A_refused_publication_is_said_in_Swedish_and_each_finding_leads_to_its_step()
    {
        await using var window = await studio.OpenAsync();
        var model = RoutineModels.Lines("test-granska", "Har fel att rätta", "Hej");
        model["root"]!["activities"]!.AsArray().Add((JsonNode)RoutineModels.Step("ensam", "Elsa.WriteLine", "Står ensam", 3, 2));
        var broken = RoutineModels.Step("uttryck", "Elsa.WriteLine", "Trasigt uttryck", 2);
        broken["text"] = RoutineModels.Wrapped("1 +* 2", "JavaScript");
        model["root"]!["activities"]!.AsArray().Add((JsonNode)broken);
        model["root"]!["connections"]!.AsArray().Add((JsonNode)RoutineModels.Connection("line1", "uttryck"));
        await window.SaveAsync(model);
        var editor = new Editor(window);
        await editor.OpenAsync("test-granska", 4);

        var answer = await editor.PublishAsync("Prov");
        answer.Status.Should().Be(400);
        await window.Page.Locator(".mud-snackbar").First.WaitForAsync();
        await window.ShootAsync("publicering-stoppad");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Granska" }).ClickAsync();
        await window.Page.Locator(".cw-findings li").First.WaitForAsync();
        await window.ShootAsync("granskning");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Gå till steget Trasigt uttryck" }).First.ClickAsync();
        await window.Page.Locator(".x6-node-selected[data-cell-id=uttryck]").WaitForAsync();

        await window.ShouldBeFreeOfTroubleAsync("400");
    }

    [Fact]
    public async Task Leaving_right_after_a_change_keeps_the_change()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Lines("test-lamna", "Lämnas snabbt", "Hej"));
        await new Editor(window).OpenAsync("test-lamna", 2);

        await new Editor(window).Name.FillAsync("Lämnades snabbt");
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Versioner" }).ClickAsync();
        await window.Page.WaitForURLAsync("**/versions");

        ((string?)(await window.ApiAsync("GET", "workflow-definitions/by-definition-id/test-lamna?versionOptions=Latest"))["name"]).Should().Be("Lämnades snabbt");
    }

    [Fact]
    public async Task The_second_editor_is_told_who_was_first()
    {
        await using var first = await studio.OpenAsync();
        await first.SaveAsync(RoutineModels.Lines("test-tva", "Två redigerar", "Hej"));
        await new Editor(first).OpenAsync("test-tva", 2);
        await first.Page.WaitForTimeoutAsync(1000);

        await using var second = await studio.OpenAsync();
        await new Editor(second).OpenAsync("test-tva", 2);

        await second.Page.Locator("#presence", new() { HasTextRegex = new(@"redigerar sedan \d\d:\d\d") }).WaitForAsync();
        await second.ShootAsync("nagon-annan-redigerar");
        await second.ShouldBeFreeOfTroubleAsync();
    }

    [Fact]
    public async Task A_step_of_an_unknown_kind_is_shown_and_survives_a_save()
    {
        await using var window = await studio.OpenAsync();
        var model = RoutineModels.Lines("test-okant", "Har ett okänt steg", "Hej");
        model["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";
        var unknown = RoutineModels.Step("okand", "Annat.Steg", "Annat system", 2);
        unknown["hemligt"] = "får inte försvinna";
        model["root"]!["activities"]!.AsArray().Add((JsonNode)unknown);
        model["root"]!["connections"]!.AsArray().Add((JsonNode)RoutineModels.Connection("line1", "okand"));
        await window.ApiAsync("POST", "workflow-definitions/import", model);
        var editor = new Editor(window);

        await editor.OpenAsync("test-okant", 3);
        await editor.SavedAsync(async () =>
        {
            await editor.Name.FillAsync("Har kvar sitt okända steg");
            await window.Page.Keyboard.PressAsync("Tab");
        });

        var exported = await window.ApiAsync("GET", "workflow-definitions/test-okant/export?versionOptions=Latest");
        exported.ToJsonString().Should().Contain("Annat.Steg").And.Contain("hemligt");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    internal static async Task<string> StartAsync(StudioWindow window, string definitionId)
    {
        var response = await window.Context.APIRequest.PostAsync($"/elsa/api/workflow-definitions/{definitionId}/execute", new APIRequestContextOptions
        {
            DataObject = new { versionOptions = "Published" },
            Headers = window.Origin,
        });
        response.Headers.Should().ContainKey("x-elsa-workflow-instance-id", await response.TextAsync());
        return response.Headers["x-elsa-workflow-instance-id"];
    }

    internal static Task<JsonObject> InstanceAsync(StudioWindow window, string id) => window.ApiAsync("GET", $"workflow-instances/{id}");
}
