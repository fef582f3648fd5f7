using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Values of reference data have ranges as well as kinds: what nobody can have meant is told, and what stands there already stops nothing.</summary>
public sealed class SettingRangeTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Local = "onk.lokadm";

    [Theory]
    [InlineData("svarsklockaDagar", "-1", "1 till 366")]
    [InlineData("svarsklockaDagar", "0", "1 till 366")]
    [InlineData("svarsklockaDagar", "2.5", "1 till 366")]
    [InlineData("svarsklockaDagar", "367", "1 till 366")]
    [InlineData("svarsklockaDagar", "1e6", "1 till 366")]
    [InlineData("svarsklockaDagar", "1e308", "1 till 366")]
    [InlineData("svarsklockaDagar", "-1e308", "1 till 366")]
    [InlineData("svarsklockaDagar", "1e-300", "1 till 366")]
    [InlineData("svarsklockaDagar", "\"2\"", "Ange ett tal")]
    [InlineData("nyttDagar", "\"2\"", "1 till 366")]
    [InlineData("nyttDagar", "true", "1 till 366")]
    [InlineData("kontaktförsökMellanrumTimmar", "745", "1 till 744")]
    [InlineData("fristläge", "\"X\"", "SammaKlockslag")]
    [InlineData("fristläge", "\"\"", "SammaKlockslag")]
    [InlineData("granskningLedtidDagar", """["a",null,{}]""", "0 till 366")]
    [InlineData("granskningLedtidDagar", "[1e300]", "0 till 366")]
    [InlineData("granskningLedtidDagar", "[]", "1 till 100")]
    [InlineData("eskaleringMinuter", """{"2":-1e300}""", "1 till 10080")]
    [InlineData("eskaleringMinuter", """{"2":null}""", "1 till 10080")]
    [InlineData("eskaleringMinuter", """{"snabbt":15}""", "ingen prioritet")]
    [InlineData("eskaleringMinuter", """{"13":15}""", "ingen prioritet")]
    [InlineData("eskaleringMinuter", "{}", "1 till 100")]
    [InlineData("efterStängning", """{"1":112}""", "Ange text")]
    [InlineData("efterStängning", """{"1":" "}""", "Ange text")]
    [InlineData("högBelastningGräns", "1e7", "högst två decimaler")]
    [InlineData("högBelastningGräns", "2.125", "högst två decimaler")]
    [InlineData("rutindokument", "\"finns-ej\"", "finns inte")]
    [InlineData("okänd", """{"a":[[[1]]]}""", "nivåer")]
    [InlineData("okänd", "[null]", "saknas")]
    public async Task F_5_a_setting_out_of_its_range_is_400_with_the_range(string key, string value, string told)
    {
        var answer = (await host.Post(Local, "/settings", $$"""{"key":"{{key}}","scope":"onk3","value":{{value}}}""")).Should(400);
        answer.Faults.Should().Equal("value");
        answer.Body!["errors"]!["value"]![0]!.ToString().Should().Contain(told);

        // The same in the unit's own settings.
        var own = (await host.Send(Local, HttpMethod.Patch, "/units/onk3", $$$"""{"settings":{"dagligGenomgång":true,"veckogenomgång":true,"{{{key}}}":{{{value}}}}}""")).Should(400);
        own.Faults.Should().Equal("settings." + key);
    }

    [Fact]
    public async Task F_5_what_can_be_meant_is_taken()
    {
        foreach (var (key, value) in new[]
        {
            ("svarsklockaDagar", "366"), ("fristläge", "\"SammaKlockslag\""), ("granskningLedtidDagar", "[120,0]"), ("eskaleringMinuter", """{"1":1,"övriga":10080}"""),
            ("rutindokument", "\"rutin-onkologi\""), ("andel", "0.25"), ("eftertexter", """{"1":"Ring"}"""), ("motfrågaBeslutDagar", "14"),
        })
            (await host.Post("admin", "/settings", $$"""{"key":"{{key}}","scope":"onk-ostra","value":{{value}}}""")).Should(201);
        (await host.Send("admin", HttpMethod.Patch, "/settings/svarsklockaDagar:onk-ostra", """{"value":0}""")).Should(400).Faults.Should().Equal("value");
        (await host.Send("admin", HttpMethod.Patch, "/settings/svarsklockaDagar:onk-ostra", """{"note":"Hela året"}""")).Should200();
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("2.5")]
    [InlineData("1e308")]
    public async Task S_2_a_value_that_stands_out_of_range_counts_as_not_set_stops_no_clock_and_is_told(string value)
    {
        var due = (await host.TryCase(new { unit = "onk2" })).Should(201).Body!["clock"]!["due"]!.ToString();
        await Store($$"""{"key":"svarsklockaDagar","scope":"onk1","value":{{value}}}""");
        try
        {
            var taken = (await host.TryCase()).Should(201);
            taken.Body!["clock"]!["due"]!.ToString().Should().Be(due, "the next place's value holds");
            (await host.Get("admin", $"/incidents?case={taken.Id}")).Should200().Body!["items"]!.AsArray().Should().BeEmpty();
            var fault = (await host.Get("admin", "/reference-faults")).Should200().Body!.AsArray().Should().ContainSingle().Subject!;
            fault["path"]!.ToString().Should().Be("settings");
            fault["leftOut"]!.GetValue<bool>().Should().BeFalse();
            fault["message"]!.ToString().Should().Contain("svarsklockaDagar").And.Contain("1 till 366");
            (await host.Send(Local, HttpMethod.Patch, "/settings/svarsklockaDagar:onk1", """{"note":"Ska rättas"}""")).Should200();
            (await host.Send(Local, HttpMethod.Patch, "/settings/svarsklockaDagar:onk1", """{"value":3}""")).Should200();
            (await host.Get("admin", "/reference-faults")).Should200().Body!.AsArray().Should().BeEmpty();
        }
        finally
        {
            await using var clean = host.Owner.CreateCommand("DELETE FROM reference WHERE kind = 'setting' AND id = 'svarsklockaDagar:onk1'");
            await clean.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task F_5_a_units_old_value_out_of_range_is_no_fault_of_who_changes_something_else()
    {
        await using (var store = host.Owner.CreateCommand(
            """UPDATE reference SET data = jsonb_set(data, '{settings,delsvarÅlderDagar}', '-7') WHERE kind = 'unit' AND id = 'cancerrehab'"""))
            (await store.ExecuteNonQueryAsync()).Should().Be(1);
        (await host.Send("admin", HttpMethod.Patch, "/units/cancerrehab", new { address = "Vita stråket 13" })).Should200();
        (await host.Get("admin", "/reference-faults")).Should200().Body!.AsArray().Select(f => f!["id"]!.ToString()).Should().Contain("cancerrehab");
        (await host.Send("admin", HttpMethod.Patch, "/units/cancerrehab", """{"settings":{"dagligGenomgång":true,"delsvarÅlderDagar":7}}""")).Should200();
        (await host.Get("admin", "/reference-faults")).Should200().Body!.AsArray().Select(f => f!["id"]!.ToString()).Should().NotContain("cancerrehab");
    }

    [Theory]
    [InlineData("finns-inte", "finns inte")]
    [InlineData("hc-exempel", "finns inte")]
    [InlineData("VGR", "finns inte")]
    [InlineData("onk3", "inte sig själv")]
    [InlineData("Onkologimottagning 3", "inte sig själv")]
    public async Task F_5_another_unit_of_the_region_keeps_open_meanwhile(string coverUnit, string told)
    {
        var answer = (await host.Post(Local, "/closures", new { unit = "onk3", from = "2026-07-01", to = "2026-07-31", coverUnit })).Should(400);
        answer.Faults.Should().Equal("coverUnit");
        answer.Body!["errors"]!["coverUnit"]![0]!.ToString().Should().Contain(told);
        (await host.Send(Local, HttpMethod.Patch, "/units/onk3/opening-hours", $$"""{"special":[{"date":"2026-07-01","intervals":[],"coverUnit":"{{coverUnit}}"}]}"""))
            .Should(400).Faults.Should().Equal("special");
    }

    [Fact]
    public async Task F_5_a_closure_has_an_end_and_two_units_do_not_cover_each_other()
    {
        (await host.Post(Local, "/closures", new { unit = "onk3", from = "0001-01-01", to = "9999-12-31" })).Should(400).Faults.Should().Equal("to");
        var first = (await host.Post(Local, "/closures", new { unit = "onk2", from = "2026-08-01", to = "2026-08-31", coverUnit = "Onkologimottagning 3" })).Should(201);
        first.Body!["coverUnit"]!.ToString().Should().Be("onk3");
        (await host.Post(Local, "/closures", new { unit = "onk3", from = "2026-08-31", to = "2026-09-30", coverUnit = "onk2" })).Should(400).Faults.Should().Equal("coverUnit");
        (await host.Post(Local, "/closures", new { unit = "onk3", from = "2026-09-01", to = "2026-09-30", coverUnit = "onk2" })).Should(201);
        (await host.Send(Local, HttpMethod.Patch, "/closures/" + first.Id, new { to = "2026-09-02" })).Should(400).Faults.Should().Equal("coverUnit");
        (await host.Send(Local, HttpMethod.Patch, "/closures/" + first.Id, new { reason = "Semester" })).Should200();
    }

    // As an older version left it.
    private async Task Store(string document)
    {
        var data = (JsonObject)JsonNode.Parse(document)!;
        await using var command = host.Owner.CreateCommand(
            "INSERT INTO reference (kind, id, valid_from, region, data, changed_at) VALUES ('setting', $1, '2026-01-01', 'VGR', $2::jsonb, '2026-01-01')");
        command.Parameters.Add(new() { Value = $"{data["key"]}:{data["scope"]}" });
        command.Parameters.Add(new() { Value = document });
        await command.ExecuteNonQueryAsync();
    }
}
