using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>The editor's code view: the whole routine as JSON, written in, saved like any other change.</summary>
[Collection(StudioCollection.Name)]
public sealed class CodeViewTests(StudioFixture studio)
{
    private const string Routine = "test-kod";
    private const string Code = "monaco.editor.getEditors().find(e => e.getValue().includes('\"DefinitionId\"'))";

    [Fact]
    public async Task What_is_written_in_the_code_is_saved_alone_and_drawn_and_broken_code_is_told_of()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(RoutineModels.Lines(Routine, "Ändras i koden", "Hej", "Andra"));
        var before = await DraftAsync(window);
        var editor = new Editor(window);
        await editor.OpenAsync(Routine, 3);
        await editor.TabAsync("Kod");
        await window.Page.WaitForFunctionAsync($"() => window.monaco && {Code}");

        await OverwriteAsync(window, "Rad 1", "Första raden");
        await OverwriteAsync(window, "Hej", "God dag");
        var saved = await window.DraftAsync(Routine, d => Step(d, "line1")["text"]!.ToJsonString().Contains("God dag", StringComparison.Ordinal), "the written text");
        await window.ShootAsync("kod");
        var expected = before["root"]!.DeepClone();
        var changed = expected["activities"]!.AsArray().Single(a => (string?)a!["id"] == "line1")!;
        changed["metadata"]!["displayText"] = "Första raden";
        changed["text"]!["expression"]!["value"] = "God dag";
        JsonNode.DeepEquals(saved["root"], expected).Should().BeTrue($"only what was written has changed: {saved["root"]!.ToJsonString()} is not {expected.ToJsonString()}");

        await OverwriteAsync(window, "God dag\"", "God dag");   // a quote is missing now
        var line = await window.Page.EvaluateAsync<int>($"() => {Code}.getPosition().lineNumber");
        await window.Page.Locator(".mud-alert", new() { HasText = $"Koden går inte att läsa. Felet är på rad {line} eller strax före." }).WaitForAsync();
        await window.ShootAsync("kod-fel");
        JsonNode.DeepEquals((await DraftAsync(window))["root"], expected).Should().BeTrue("what cannot be read is not saved");
        await editor.SavedAsync(() => OverwriteAsync(window, "God dag", "God kväll\""));
        changed["text"]!["expression"]!["value"] = "God kväll";
        await Assertions.Expect(window.Page.Locator(".mud-alert")).ToHaveCountAsync(0);

        await editor.TabAsync("Ändras i koden");
        await window.Page.Locator(".x6-node[data-cell-id=line1]", new() { HasText = "Första raden" }).WaitForAsync();
        (await editor.CountAsync()).Should().Be((3, 2));
        JsonNode.DeepEquals((await DraftAsync(window))["root"], expected).Should().BeTrue("looking at the routine changes nothing in it");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    private static Task<JsonObject> DraftAsync(StudioWindow window) => window.DraftAsync(Routine, _ => true, "read");

    private static JsonNode Step(JsonObject routine, string id) => routine["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == id)!;

    // Selects a text in the code, as by the mouse, and types over it.
    private static async Task OverwriteAsync(StudioWindow window, string old, string fresh)
    {
        var found = await window.Page.EvaluateAsync<int>($$"""
            (old) => {
              const code = {{Code}}, found = code.getModel().findMatches(old, false, false, true, null, false);
              code.setSelection(found[0].range);
              code.revealRange(found[0].range);
              code.focus();
              return found.length;
            }
            """, old);
        found.Should().Be(1, $"'{old}' stands once in the code");
        await window.Page.Keyboard.InsertTextAsync(fresh);
    }
}
