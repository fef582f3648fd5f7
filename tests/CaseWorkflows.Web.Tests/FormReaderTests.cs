using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Web.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CaseWorkflows.Web.Tests;

public sealed class FormReaderTests
{
    private static async Task<JsonObject> ReadAsync(FormField[] fields, Dictionary<string, StringValues> sent, string? outcome = null) =>
        await FormReader.ReadAsync(new FormCollection(sent), fields, outcome, CancellationToken.None);

    [Fact]
    public async Task A_local_time_goes_out_with_Stockholms_offset()
    {
        FormField[] fields = [new() { Label = "Tid", Type = FieldType.DateTime }];

        (await ReadAsync(fields, new() { ["f.tid"] = "2026-07-01T09:30" }))["tid"]!.ToString().Should().Be("2026-07-01T09:30:00+02:00");
        (await ReadAsync(fields, new() { ["f.tid"] = "2026-11-20T09:30" }))["tid"]!.ToString().Should().Be("2026-11-20T09:30:00+01:00");
    }

    [Fact]
    public async Task What_was_emptied_is_cleared_and_what_was_not_on_the_page_is_left_out()
    {
        FormField[] fields = [new() { Label = "Ett" }, new() { Label = "Två" }];

        var values = await ReadAsync(fields, new() { ["f.ett"] = " " });

        values.ContainsKey("ett").Should().BeTrue();
        values["ett"].Should().BeNull();
        values.ContainsKey("två").Should().BeFalse();
    }

    [Fact]
    public async Task Fields_of_other_outcomes_are_not_sent()
    {
        FormField[] fields = [new() { Label = "Team", VisibleFor = ["Kräver läkare"] }];

        (await ReadAsync(fields, new() { ["f.team"] = "3" }, "Besvara själv")).Should().BeEmpty();
        (await ReadAsync(fields, new() { ["f.team"] = "3" }, "Kräver läkare")).Should().ContainKey("team");
    }

    [Fact]
    public async Task Ticks_numbers_and_many_choices_have_their_own_kinds()
    {
        FormField[] fields =
        [
            new() { Label = "Klart", Type = FieldType.Boolean }, new() { Label = "Avbockat", Type = FieldType.Boolean },
            new() { Label = "Antal", Type = FieldType.Number }, new() { Label = "Enheter", Type = FieldType.MultiUnit },
        ];

        var values = await ReadAsync(fields, new()
        {
            ["f.klart"] = new StringValues(["false", "true"]), ["f.avbockat"] = "false", ["f.antal"] = "2,5", ["f.enheter"] = new StringValues(["", "a", "b"]),
        });

        values.ToJsonString().Should().Be("""{"klart":true,"avbockat":false,"antal":2.5,"enheter":["a","b"]}""");
    }

    [Fact]
    public async Task A_row_nobody_touched_is_left_out()
    {
        FormField[] fields = [new() { Label = "Rader", Type = FieldType.Rows, Rows = [new() { Key = "value", Label = "Åtgärd" }, new() { Key = "reason", Label = "Skäl" }] }];

        var values = await ReadAsync(fields, new()
        {
            ["f.rader.0.key"] = "a", ["f.rader.0.value"] = "Klar", ["f.rader.0.reason"] = "", ["f.rader.1.key"] = "b", ["f.rader.1.value"] = "",
        });

        values["rader"]!.AsArray().Should().HaveCount(1);
        values["rader"]![0]!["key"]!.ToString().Should().Be("a");
    }
}
