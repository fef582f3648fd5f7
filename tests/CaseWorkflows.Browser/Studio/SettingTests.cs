using System.Text.Json.Nodes;

namespace CaseWorkflows.Browser.Studio;

/// <summary>A step's settings are edited in Studio's own editors, stored in the form that the engine reads, and shown again.</summary>
[Collection(StudioCollection.Name)]
public sealed class SettingTests(StudioFixture studio, SharedWindow shared) : IClassFixture<SharedWindow>
{
    private const int Steps = 9;

    public static TheoryData<string> StepsToEdit() => new(SettingEdits.All.Select(e => e.Step).Distinct());

    [Theory]
    [MemberData(nameof(StepsToEdit))]
    public async Task Each_kind_of_editor_stores_what_is_entered_and_shows_it_again(string step) =>
        await EditAsync("test-falt-" + step, [.. SettingEdits.All.Where(e => e.Step == step)], async (editor, fields) =>
        {
            if (step == "uppgift") (await editor.PortsAsync(step)).Should().Equal(["Godkänn", "Avslå"], "the outcomes are the ways on");
            if (step == "vagar") (await editor.PortsAsync(step)).Should().Equal("Hög", "Annars");
        });

    [Fact]
    public async Task A_setting_can_be_a_script_a_variable_or_an_input_instead() =>
        await EditAsync("test-uttryck", SettingEdits.Switches, (_, _) => Task.CompletedTask);

    [Fact]
    public async Task Every_kind_of_editor_that_descriptors_ask_for_is_tried()
    {
        await using var window = await studio.OpenAsync("admin");
        // Routines used as steps have the editors that people gave their inputs; those have a test of their own.
        var hints = (await window.ApiAsync("GET", "descriptors/activities"))["items"]!.AsArray()
            .Where(a => a!["customProperties"]!["RootType"] is null)
            .SelectMany(a => a!["inputs"]!.AsArray()).Where(i => (bool)i!["isBrowsable"]!).Select(i => (string)i!["uiHint"]!).Distinct();

        hints.Should().BeEquivalentTo(SettingEdits.All.Select(e => e.Hint).Distinct());
    }

    [Fact]
    public async Task A_routine_used_as_a_step_is_edited_with_every_editor_that_its_inputs_may_have()
    {
        string[] offered = ["singleline", "multiline", "checkbox", "checklist", "radiolist", "dropdown", "multitext", "code-editor", "variable-picker", "workflow-definition-picker", "output-picker", "outcome-picker", "json-editor"];
        await using var window = await studio.OpenAsync();
        var used = RoutineModels.Lines("test-delrutin", "Delrutin för fält", "Hej");
        used["options"] = new JsonObject { ["usableAsActivity"] = true };
        used["inputs"] = new JsonArray([.. offered.Select((hint, i) => (JsonNode)new JsonObject
        {
            ["name"] = "Falt" + i, ["displayName"] = "Fält " + hint, ["type"] = hint == "checkbox" ? "Boolean" : "String", ["uiHint"] = hint, ["isArray"] = false, ["description"] = "", ["category"] = "",
        })]);
        await window.SaveAsync(used, publish: true);
        var type = (await window.ApiAsync("GET", "descriptors/activities"))["items"]!.AsArray().Single(a => (string?)a!["displayName"] == "Delrutin för fält")!;
        var model = RoutineModels.Lines("test-anvander", "Använder delrutinen");
        model["root"]!["activities"]!.AsArray().Add((JsonNode)RoutineModels.Step("del", (string)type["typeName"]!, "Delen", 1));
        await window.SaveAsync(model);
        var editor = new Editor(window);
        await editor.OpenAsync("test-anvander", 2);

        await editor.SelectAsync("del");
        var fields = new SettingFields(window.Page);
        foreach (var hint in offered) await fields.Of("Fält " + hint).WaitForAsync();
        await fields.WriteAsync("Fält singleline", "Ett värde");

        await window.DraftAsync("test-anvander", d => d.ToJsonString().Contains("Ett v\\u00E4rde", StringComparison.OrdinalIgnoreCase) || d.ToJsonString().Contains("Ett värde", StringComparison.Ordinal), "the value");
        await window.ShouldBeFreeOfTroubleAsync();
    }

    private async Task EditAsync(string id, IReadOnlyList<SettingEdit> edits, Func<Editor, SettingFields, Task> atLast)
    {
        var window = shared.Window;
        await window.SaveAsync(RoutineModels.EveryEditor(id, "Fält att ändra"));
        var editor = new Editor(window);
        var fields = new SettingFields(window.Page);
        await editor.OpenFromListAsync(id, Steps);
        await editor.SelectAsync(edits[0].Step);
        foreach (var edit in edits)
        {
            await edit.Edit(fields);
            await window.DraftAsync(id, edit.IsIn, $"{edit.Property} by the editor {edit.Hint}");
        }

        await editor.OpenFromListAsync(id, Steps);
        await editor.SelectAsync(edits[0].Step);
        if (edits[0].Label is { } first) await fields.Of(first).WaitForAsync();
        foreach (var edit in edits)
        {
            var shown = edit.Label is { } label ? await fields.ShownAsync(label) : await fields.AllAsync();
            shown.Should().Contain(edit.Shown, $"{edit.Property} was entered in the editor {edit.Hint}");
        }

        await atLast(editor, fields);
        var stored = await window.ApiAsync("GET", $"workflow-definitions/by-definition-id/{id}?versionOptions=Latest");
        foreach (var edit in edits) edit.IsIn(stored).Should().BeTrue($"opening a routine changes nothing in {edit.Property}");
        await window.ShouldBeFreeOfTroubleAsync();
    }
}
