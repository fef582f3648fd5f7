using System.Text.Json.Nodes;
using CaseWorkflows.Scenarios.Driver;

namespace CaseWorkflows.Scenarios.Incidents;

/// <summary>A routine that has stopped is tried again or let go on, with a reason, by those whose clinic it is.</summary>
public sealed class IncidentTests(StoppingRoutine routine) : IClassFixture<StoppingRoutine>
{
    private const string Local = "onk.lokadm";

    [Fact]
    public async Task Retried_when_the_cause_is_mended_the_case_goes_on_exactly_once()
    {
        var (c, incident) = await routine.StoppedAsync("fras-som-kommer");
        Names(incident, "state", "cause").Should().Equal("Öppet", "step");
        incident["step"]!["name"]!.ToString().Should().Be(StoppingRoutine.Step);
        incident["routine"]!["name"]!.ToString().Should().Be("Prov som stannar");
        (await c.Get("onk1.mott.a"))["stopped"]!.AsArray().Should().ContainSingle().Which!["step"]!.ToString().Should().Be(StoppingRoutine.Step);
        (await c.NoticesTo(Local, "Rutinen har stannat")).Should().Be(1);

        Names((await Events(c, "Rutinen har stannat")).Single(), "after", "activity").Should().Equal(StoppingRoutine.Step, "svara");

        // Too early: it fails again, and that is told.
        var early = (await routine.Retry(Local, Id(incident), "Kanske går det nu")).ShouldBeOk().Body!;
        early["state"]!.ToString().Should().Be("Försökt igen");
        var again = early["failedAgain"]!.ToString();
        (await routine.Open(c)).Single()["tries"]!.GetValue<int>().Should().Be(2);

        await routine.AddPhraseAsync("fras-som-kommer");
        var mended = (await routine.Retry(Local, again)).ShouldBeOk().Body!;

        mended["failedAgain"].Should().BeNull();
        (await c.Messages()).Should().ContainSingle();
        (await Events(c, StoppingRoutine.Sent)).Should().ContainSingle();
        (await c.Get())["stopped"]!.AsArray().Should().BeEmpty();
        (await c.Get())["workflowInstances"]![0]!["status"]!.ToString().Should().Be("Finished");
        (await routine.Open(c)).Should().BeEmpty();
        var told = (await Events(c, "Fel i rutinen: nytt försök"))[^1];
        told["reason"]!.ToString().Should().Be("Frasen finns nu");
        told["actor"]!["userName"]!.ToString().Should().Be(Local);
        told["actor"]!["role"]!.ToString().Should().Be("lokal administratör");
    }

    [Fact]
    public async Task Skipped_it_goes_on_the_chosen_way_with_the_reason_in_history_and_journal()
    {
        var (c, incident) = await routine.StoppedAsync("fras-som-aldrig-kommer");
        incident["ways"]!.AsArray().Select(w => $"{w!["outcome"]} → {w["next"]![0]}").Should().Equal("Skickat → Anteckna svaret", "Spärrat → Anteckna spärren");

        (await routine.Skip(Local, Id(incident), null, "")).ShouldBe400On("reason", "outcome");
        (await routine.Skip(Local, Id(incident), "Hittas inte")).ShouldBe400On("outcome");
        (await routine.Open(c)).Should().ContainSingle("a refused decision changes nothing");
        var skipped = (await routine.Skip(Local, Id(incident), "Spärrat")).ShouldBeOk().Body!;

        Names(skipped, "state", "resolvedBy", "reason").Should().Equal("Överhoppat", Local, "Vi har ringt patienten");
        (await c.Messages()).Should().BeEmpty();
        (await Events(c, StoppingRoutine.Blocked)).Should().ContainSingle();
        (await Events(c, StoppingRoutine.Sent)).Should().BeEmpty();
        var told = (await Events(c, "Fel i rutinen: överhoppat")).Single();
        Names(told, "reason", "before", "after").Should().Equal("Vi har ringt patienten", StoppingRoutine.Step, "Anteckna spärren");
        var journal = await routine.Scenario.Send("utvecklare", HttpMethod.Get, $"/elsa/api/workflow-instances/{skipped["instanceId"]}/journal?pageSize=100");
        var entry = journal.ShouldBeOk().Body!["items"]!.AsArray().Single(e => e!["eventName"]!.ToString() == "Skipped")!;
        Names(entry["payload"]!, "By", "Reason").Should().Equal(Local, "Vi har ringt patienten");
    }

    [Fact]
    public async Task Of_two_operators_at_once_one_decides_and_the_other_is_told()
    {
        var (c, incident) = await routine.StoppedAsync("fras-for-tva");
        await routine.AddPhraseAsync("fras-for-tva");

        var answers = await Task.WhenAll(routine.Retry("admin", Id(incident)), routine.Skip(Local, Id(incident), "Skickat"));

        answers.Select(a => a.Code).Should().BeEquivalentTo([200, 409]);
        answers.Single(a => a.Code == 409).Type.Should().Be("incident-resolved");
        (await Events(c, StoppingRoutine.Sent)).Should().ContainSingle();
        (await Events(c, "Fel i rutinen")).Should().ContainSingle();
        (await routine.Retry(Local, Id(incident))).ShouldBe(409);
    }

    [Fact]
    public async Task The_same_key_again_gives_the_first_answer_and_nothing_happens_twice()
    {
        var (c, incident) = await routine.StoppedAsync("fras-med-nyckel");
        var key = Guid.NewGuid().ToString();

        var first = (await routine.Retry(Local, Id(incident), "En gång", key)).ShouldBeOk();
        var second = (await routine.Retry(Local, Id(incident), "En gång", key)).ShouldBeOk();

        second.Body!.ToJsonString().Should().Be(first.Body!.ToJsonString());
        (await Events(c, "Fel i rutinen: nytt försök")).Should().ContainSingle();
        (await routine.Retry(Local, Id(incident), "En annan gång", key)).ShouldBe(409);
    }

    [Fact]
    public async Task A_reason_is_required()
    {
        var (c, incident) = await routine.StoppedAsync("fras-utan-skal");
        foreach (var reason in new[] { null, "", "   ", new string('x', 2001) })
        {
            var answer = await routine.Retry(Local, Id(incident), reason);
            answer.ShouldBe400On("reason");
            answer.Body!["errors"]!["reason"]![0]!.ToString().Should().MatchRegex("skäl|Skälet");
        }

        (await routine.Open(c)).Should().ContainSingle();
        (await Events(c, "Fel i rutinen")).Should().BeEmpty();
    }

    [Fact]
    public async Task D14_another_region_gets_404_and_who_has_no_right_is_refused_and_audited()
    {
        var (c, incident) = await routine.StoppedAsync("fras-utan-ratt");
        foreach (var stranger in new[] { "ro.ssk1", "rg.koord" })
        {
            (await routine.Retry(stranger, Id(incident))).ShouldBe(404);
            (await routine.Skip(stranger, Id(incident), "Skickat")).ShouldBe(404);
            (await routine.Scenario.Send(stranger, HttpMethod.Get, $"/api/incidents/{Id(incident)}")).ShouldBe(404);
        }

        foreach (var colleague in new[] { "onk1.mott.a", "revisor", "agare" })
        {
            (await routine.Retry(colleague, Id(incident))).ShouldBe(403);
            (await routine.Skip(colleague, Id(incident), "Skickat")).ShouldBe(403);
            (await routine.Scenario.Send(colleague, HttpMethod.Get, "/api/incidents")).ShouldBe(403);
        }

        var refused = (await c.Audit()).Where(h => h["refused"]!.GetValue<bool>()).Select(h => $"{h["actor"]!["userName"]}: {h["event"]}").ToList();
        refused.Should().HaveCount(6).And.Contain("onk1.mott.a: Nekad: Försök igen efter fel i rutin").And.Contain("agare: Nekad: Hoppa över steg efter fel i rutin");
        (await routine.Retry(Local, Guid.NewGuid().ToString())).ShouldBe(404);
        (await routine.Open(c)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_local_administrator_decides_for_the_own_clinic_and_no_other()
    {
        var (c, incident) = await routine.StoppedAsync("fras-for-bup", "BUP Exempel A");
        (await routine.Open(c, Local)).Should().BeEmpty();
        (await routine.Retry(Local, Id(incident))).ShouldBe(403);
        (await c.NoticesTo("admin", "Rutinen har stannat")).Should().Be(1, "BUP has no local administrator, so the service's is told");
        (await routine.Skip("admin", Id(incident), "Skickat")).ShouldBeOk();
        (await Events(c, StoppingRoutine.Sent)).Should().ContainSingle();
    }

    [Fact]
    public async Task What_the_patient_wrote_is_shown_only_to_those_who_may_read_the_case()
    {
        const string Secret = "hemlig-rubrik-om-patienten";
        var (c, incident) = await routine.StoppedAsync(Secret);
        (await routine.Scenario.Send("admin", HttpMethod.Post, "/api/role-assignments", new JsonObject
        {
            ["person"] = "onk.innehall", ["role"] = "lokal_systemadministrator", ["unit"] = "verksamhet-onkologi", ["from"] = "2026-11-23"
        })).ShouldBe(201);

        var unread = await routine.Scenario.Send("onk.innehall", HttpMethod.Get, $"/api/incidents/{Id(incident)}");
        var read = await routine.Scenario.Send(Local, HttpMethod.Get, $"/api/incidents/{Id(incident)}");
        var list = await routine.Scenario.Send(Local, HttpMethod.Get, $"/api/incidents?case={c.Id}");

        unread.ShouldBeOk().Body!["message"].Should().BeNull();
        foreach (var text in new[] { unread, list }.Select(a => a.Body!.ToJsonString()).Concat((await c.Notices()).Select(n => n.ToJsonString())).Concat((await c.Audit()).Select(h => h.ToJsonString())))
            text.Should().NotContain(Secret);
        read.ShouldBeOk().Body!["message"]!.ToString().Should().Contain(Secret);
        (await routine.Retry("onk.innehall", Id(incident), "Får besluta utan att läsa")).ShouldBeOk().Body!.ToJsonString().Should().NotContain(Secret);
    }

    [Fact]
    public async Task S_7_a_routine_without_a_case_that_another_has_begun_may_quote_as_well()
    {
        const string Secret = "hemlig-rubrik-i-en-händelse";
        foreach (var model in new[] { StoppingRoutine.Telling(), StoppingRoutine.Repeating() })
            (await routine.Scenario.Send("agare", HttpMethod.Post, "/elsa/api/workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = true })).ShouldBeOk();
        await Route("prov-berattar");
        await routine.Scenario.Case("BUP Exempel A", "Förnya recept", new JsonObject { ["subject"] = Secret });
        await Route("prov-stannar");

        var incident = (await routine.Scenario.List("/api/incidents")).Single(i => i["routine"]?["definitionId"]?.ToString() == "prov-upprepar");
        var read = (await routine.Scenario.Send("utvecklare", HttpMethod.Get, $"/api/incidents/{Id(incident)}")).ShouldBeOk().Body!;
        var unread = (await routine.Scenario.Send("admin", HttpMethod.Get, $"/api/incidents/{Id(incident)}")).ShouldBeOk().Body!;

        incident["caseId"].Should().BeNull();
        read["message"]!.ToString().Should().Contain(Secret);
        unread.ToJsonString().Should().NotContain(Secret);

        async Task Route(string workflow) =>
            (await routine.Scenario.Send("admin", HttpMethod.Patch, "/api/routing/start:bup", new JsonObject { ["workflow"] = workflow })).ShouldBeOk();
    }

    [Fact]
    public async Task D10_with_a_protected_identity_the_case_goes_on_though_the_administrator_sees_nothing_of_it()
    {
        const string Secret = "hemlig-skyddad-rubrik";
        var c = await routine.Scenario.Case("Onkologimottagning 1", "Förnya recept", new JsonObject
        {
            ["subject"] = Secret, ["patient"] = new JsonObject { ["personalNumber"] = "19121212-1212", ["name"] = "Tolvan Tolvansson", ["protectedIdentity"] = "Ja – skyddad" }
        });
        var incident = (await routine.Open(c, Local)).Single();

        incident["caseType"].Should().BeNull();
        incident["opensCase"]!.GetValue<bool>().Should().BeFalse();
        foreach (var user in new[] { Local, "utvecklare" })
            (await routine.Scenario.Send(user, HttpMethod.Get, $"/api/incidents/{Id(incident)}")).ShouldBeOk().Body!.ToJsonString().Should().NotContain(Secret).And.NotContain("recept");
        (await c.Notices()).Should().OnlyContain(n => !n["text"]!.ToString().Contains("recept", StringComparison.OrdinalIgnoreCase));
        (await routine.Skip(Local, Id(incident), "Spärrat")).ShouldBeOk();
        (await Events(c, StoppingRoutine.Blocked)).Should().ContainSingle();
    }

    private static string Id(JsonNode incident) => incident["id"]!.ToString();

    private static IEnumerable<string?> Names(JsonNode node, params string[] names) => names.Select(n => node[n]?.ToString());

    private static async Task<IReadOnlyList<JsonNode>> Events(CaseHandle c, string name) =>
        [.. (await c.Audit()).Where(h => h["event"]!.ToString().StartsWith(name, StringComparison.Ordinal))];
}
