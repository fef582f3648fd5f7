using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Routing that names no routine that can be started: told to whoever saves it, and never the sender's fault.</summary>
public sealed class NoRoutineTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Local = "onk.lokadm";
    private const string Mine = "start:onkologi";

    [Fact]
    public async Task S_2_a_case_whose_routine_cannot_be_started_is_kept_and_starts_when_somebody_has_mended_it()
    {
        await Stored(Mine, "finns-inte");
        var externalId = Guid.NewGuid().ToString();
        var taken = (await host.TryCase(new { externalId })).Should(201);
        (await host.TryCase(new { externalId })).Id.Should().Be(taken.Id, "it is in, so the sender may send it again");
        taken.Body!["caseNumber"]!.ToString().Should().StartWith("ONK1-2026-");
        taken.Body["workflowInstances"]!.AsArray().Should().BeEmpty();
        (await host.History(taken.Id)).Select(h => h["event"]!.ToString()).Should().BeEquivalentTo("Ärendet inkommet", "Rutinen har inte startat", "Avisering skapad");

        var seen = (await host.Get("onk1.mott.a", $"/cases/{taken.Id}")).Should200().Body!;
        seen["owner"]!["role"]!.ToString().Should().Be("ärendemottagare");
        seen["stopped"]!.AsArray().Should().ContainSingle().Which!["routine"].Should().BeNull();
        (await host.Get("onk1.mott.a", $"/cases?q={taken.Body["caseNumber"]}")).Should200().Body!["items"]!.AsArray().Should().ContainSingle();

        var incident = await Incident(taken.Id);
        (await host.Page("onk1.mott.a", $"/arenden/{taken.Id}")).Text.Should().Contain("Ingen rutin har startat för ärendet sedan");
        (await host.Page(Local, $"/fel-i-rutiner/{incident["id"]}")).Text.Should().Contain("att dirigeringen nämner rätt rutin");
        incident["cause"]!.ToString().Should().Be("start");
        incident["routine"]!["definitionId"]!.ToString().Should().Be("finns-inte");
        (await host.Get("rg.vc", $"/incidents/{incident["id"]}")).Should(404);
        (await host.Post(Local, $"/incidents/{incident["id"]}/skip", new { reason = "Bort med det" })).Should(400).Faults.Should().Equal("reason");
        var again = (await host.Post(Local, $"/incidents/{incident["id"]}/retry", new { reason = "Kanske nu" })).Should200().Body!["failedAgain"]!.ToString();
        (await Incident(taken.Id))["id"]!.ToString().Should().Be(again);

        await Route(Mine, "onk-arende");
        (await host.Post(Local, $"/incidents/{again}/retry", new { reason = "Dirigeringen är rättad" })).Should200();

        var now = (await host.Get("onk1.mott.a", $"/cases/{taken.Id}")).Should200().Body!;
        now["workflowInstances"]!.AsArray().Select(i => i!["definitionId"]!.ToString()).Should().Contain("onk-arende");
        now["clock"]!["due"]!.Should().NotBeNull();
        now["stopped"]!.AsArray().Should().BeEmpty();
        await host.TaskOf(taken.Id);
    }

    [Fact]
    public async Task S_2_a_case_that_no_row_has_a_routine_for_is_kept_too_and_waits_for_one()
    {
        await Stored("start:rg-konsultation", null);
        var taken = (await host.TryCase(new { unit = "hc-exempel", caseType = "konsultation" })).Should(201);
        var incident = await Incident(taken.Id);
        incident["routine"].Should().BeNull();
        incident["caseId"]!.ToString().Should().Be(taken.Id);
        (await host.Post("admin", $"/incidents/{incident["id"]}/retry", new { reason = "Nu då" })).Should(400).Faults.Should().Equal("reason");
        (await host.Get("admin", $"/incidents/{incident["id"]}")).Should200().Body!["state"]!.ToString().Should().Be("Öppet");
    }

    [Fact]
    public async Task S_2_a_burst_of_such_cases_is_kept_whole_each_with_its_own_incident()
    {
        await Stored("start:bup", "");
        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.TryCase(new { unit = "bup-a", caseType = "recept" })));
        taken.Select(t => (int)t.Status).Should().AllBeEquivalentTo(201);
        foreach (var id in taken.Select(t => t.Id).Distinct()) await Incident(id);
        taken.Select(t => t.Body!["caseNumber"]!.ToString()).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("onk-aerende", "finns inte")]
    [InlineData("ONK-ARENDE", "finns inte")]
    [InlineData("", "Ange rutinen")]
    [InlineData("  ", "Ange rutinen")]
    [InlineData(null, "Ange rutinen")]
    [InlineData("x-franvaro", "tar inga ärenden")]
    [InlineData("x-daglig-genomgang", "tar inga ärenden")]
    public async Task S_2_a_row_names_a_routine_that_takes_cases(string? workflow, string told)
    {
        var answer = (await host.Post(Local, "/routing", new { table = "start", units = new[] { "onk3" }, workflow, order = -5 })).Should(400);
        answer.Faults.Should().Equal("workflow");
        answer.Body!["errors"]!["workflow"]![0]!.ToString().Should().Contain(told);
        (await host.Send("admin", HttpMethod.Patch, "/routing/" + Mine, new { workflow })).Should(400).Faults.Should().Equal("workflow");
        (await host.TryCase(new { unit = "onk3" })).Should(201).Body!["workflowInstances"]!.AsArray().Should().NotBeEmpty();
    }

    [Fact]
    public async Task S_2_a_row_names_a_routine_of_the_regions_that_it_holds_for()
    {
        // Another region's, and one that does not hold everywhere.
        (await host.Post("admin", "/routing", new { table = "start", units = new[] { "hc-exempel" }, workflow = "onk-arende" })).Should(400).Faults.Should().Equal("workflow");
        (await host.Post("admin", "/routing", new { table = "start", units = new[] { "onk3", "hc-exempel" }, workflow = "onk-arende" })).Should(400).Faults.Should().Equal("workflow");
        (await host.Post("admin", "/routing", new { table = "start", workflow = "onk-arende" })).Should(400).Faults.Should().Equal("workflow");
        (await host.Post("admin", "/routing", new { table = "prov", units = new[] { "onk3" }, workflow = "finns-inte" })).Should(400).Faults.Should().Equal("workflow");
        // Tables that choose no routine have none; a row that stands as it was is no fault of who changes something else in it.
        (await host.Post("admin", "/routing", new { table = "prov", units = new[] { "onk3" } })).Should(201);
        var made = (await host.Post(Local, "/routing", new { table = "start", units = new[] { "onk3" }, workflow = "onk-arende", order = 99 })).Should(201);
        (await host.Send("admin", HttpMethod.Patch, "/routing/start:ro-admin", new { note = "Finns inte än" })).Should200();
        (await host.Send(Local, HttpMethod.Patch, "/routing/" + made.Id, new { units = Array.Empty<string>() })).Status.Should().NotBe(System.Net.HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("fördela", false)]
    [InlineData(" Fördela ", false)]
    [InlineData("Fördella", true)]
    [InlineData("x", true)]
    public async Task S_2_a_word_in_a_routing_row_that_no_way_out_carries_is_an_incident_and_not_a_case_that_nobody_has(string word, bool stops)
    {
        const string Row = "/routing/onk-fordela:recept";
        (await host.Send("admin", HttpMethod.Patch, Row, new { outcome = word })).Should200();
        try
        {
            var id = (await host.TryCase(new { unit = "onk1", caseType = "Förnya recept" })).Should(201).Id;
            if (stops) (await Incident(id))["cause"]!.ToString().Should().NotBeEmpty();
            else (await host.Get("admin", $"/tasks?case={id}")).Should200().Body!["items"]!.AsArray().Should().NotBeEmpty();
        }
        finally
        {
            (await host.Send("admin", HttpMethod.Patch, Row, new { outcome = "Fördela" })).Should200();
        }
    }

    private async Task<JsonNode> Incident(string caseId) =>
        (await host.Get("admin", $"/incidents?case={caseId}")).Should200().Body!["items"]!.AsArray().Should().ContainSingle().Subject!;

    private async Task Route(string row, string workflow) => (await host.Send("admin", HttpMethod.Patch, "/routing/" + row, new { workflow })).Should200();

    // As an older version, or a file, left it.
    private async Task Stored(string row, string? workflow)
    {
        await using var command = host.Owner.CreateCommand("UPDATE reference SET data = data || jsonb_build_object('workflow', $2::text) WHERE kind = 'routing' AND id = $1")
            .With(row, Sql.Value(workflow));
        (await command.ExecuteNonQueryAsync()).Should().Be(1);
    }
}
