using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>Whoever writes and publishes a routine gets nothing by it that he may not have: no case, no role, no words of the case.</summary>
public sealed class OpensNothingTests : RealCases
{
    private const string Text = "Zebra i brunnen";

    [Fact]
    public async Task S_7_to_be_named_by_a_routine_opens_a_case_only_to_those_who_work_with_cases_there()
    {
        var caseId = await RegisterAsync(Text);
        using var owner = await SignInAsync("agare");
        var ways = new (string Type, string Input, JsonObject Value)[]
        {
            ("CaseWorkflows.HumanTask", "assignee", Routines.Literal("agare")), ("CaseWorkflows.HumanTask", "persons", Routines.Expression("Object", "[\"agare\"]")),
            ("CaseWorkflows.HumanTask", "roles", Routines.Expression("Object", "[\"processagare\"]")), ("CaseWorkflows.HumanTask", "assignee", Routines.Expression("JavaScript", "'aga' + 're'")),
            ("CaseWorkflows.HumanTask", "assignee", Routines.Literal("rg.ssk")), ("CaseWorkflows.AssignCase", "person", Routines.Literal("agare")),
            ("CaseWorkflows.AssignCase", "role", Routines.Expression("JavaScript", "arende.text")),
        };
        for (var i = 0; i < ways.Length; i++)
        {
            var step = Routines.Step("steg", ways[i].Type);
            step["title"] = Routines.Literal("Läs");
            step["outcomes"] = Routines.Expression("Object", "[\"Klar\"]");
            step[ways[i].Input] = ways[i].Value.DeepClone();
            var model = Routines.Of($"namner-{i}", $"Nämner {i}", [Routines.Step("start", "Elsa.Start"), step], [Routines.Arrow("start", "Done", "steg")]);
            var sent = await owner.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = true });
            // A shared routine may name any region's people; where they work is seen when it runs.
            if (ways[i].Value["expression"]!["type"]!.ToString() != "JavaScript" && ways[i].Value["expression"]!["value"]!.ToString() != "rg.ssk")
            {
                sent.StatusCode.Should().Be(HttpStatusCode.BadRequest, $"{i}");
                (await sent.Content.ReadAsStringAsync()).Should().Contain("Steget ’steg’ anger");
            }

            var message = await IncidentOfAsync("VGR", model, caseId);
            message.Should().MatchRegex("har ingen roll på|arbetar inte med ärenden|som steget anger finns inte|finns inte i rutinens region", $"{i}").And.NotContain(Text);
        }

        // Nor do rows of before.
        await SqlAsync("UPDATE cases SET owner_person = 'agare' WHERE id = $1", Guid.Parse(caseId));
        await SqlAsync("UPDATE task SET candidate_persons = '{agare}', assignee = 'agare', state = 'Tagen' WHERE case_id = $1", Guid.Parse(caseId));
        (await owner.GetAsync($"/api/cases/{caseId}")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await owner.GetStringAsync("/api/tasks?view=mine")).Should().NotContain(Text);
        using var receiver = await SignInAsync("onk1.mott.a");
        (await receiver.GetStringAsync($"/api/cases/{caseId}")).Should().Contain(Text);
    }

    [Fact]
    public async Task X_32_cover_is_given_for_an_absence_that_is_registered()
    {
        var caseId = await RegisterAsync(Text);
        foreach (var absence in new[] { "ingen", "annan" })
        {
            var cover = Routines.Step("steg", "CaseWorkflows.GrantCover");
            cover["absence"] = Routines.Literal(absence);
            cover["absent"] = Routines.Literal("onk1.hant");
            cover["persons"] = Routines.Expression("Object", "[\"onk1.mott.a\"]");
            var model = Routines.Of("bevakar", "Bevakar", [Routines.Step("start", "Elsa.Start"), cover], [Routines.Arrow("start", "Done", "steg")]);
            await SaveAsync("VGR", model);
            (await IncidentAsync((await Runtime.StartAsync(new StartWorkflow { DefinitionId = "bevakar", Region = "VGR" })).InstanceId)).Should().Contain("Frånvaron är inte registrerad för personen");
            (await IncidentOfAsync("VGR", model, caseId)).Should().Contain("inte av en rutin som körs för ett ärende", "who covers whom is read by everybody");
        }
    }

    [Fact]
    public async Task S_4_names_that_the_product_sends_come_from_the_product_alone()
    {
        var caseId = await RegisterAsync(Text);
        using var integration = await SignInAsync("integration");
        using var owner = await SignInAsync("agare");
        foreach (var name in new[] { "Ärendet avslutat", "Svar från invånaren", "Svarstid uppfylld", "Svarstid ändrad", "Frånvaro registrerad", "Frånvaro avslutad", "A\u0308rendet avslutat" })
        {
            var told = await integration.PostAsJsonAsync($"/api/cases/{caseId}/events", new { @event = name, data = new { } });
            told.StatusCode.Should().Be(HttpStatusCode.BadRequest, name);
            var shout = Routines.Step("ropa", "Elsa.PublishEvent");
            shout["eventName"] = Routines.Literal(name);
            var model = Routines.Of("ropare", "Ropare", [Routines.Step("start", "Elsa.Start"), shout], [Routines.Arrow("start", "Done", "ropa")]);
            var sent = await owner.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = true });
            (await sent.Content.ReadAsStringAsync()).Should().Contain("som bara systemet självt skickar", name);
            shout["eventName"] = Routines.Expression("JavaScript", $"'{name}'");
            (await IncidentOfAsync("VGR", model, caseId)).Should().Contain("skickas bara av systemet självt");
        }
    }

    [Fact]
    public async Task S_7_a_run_that_a_cases_routine_began_is_as_protected_as_the_case()
    {
        var caseId = await RegisterAsync(Text);
        await SqlAsync("UPDATE cases SET flags = array_append(flags, 'Skyddad identitet') WHERE id = $1", Guid.Parse(caseId));
        var leak = Routines.Step("ropa", "Elsa.PublishEvent");
        leak["eventName"] = Routines.Literal("Läckan");
        leak["payload"] = Routines.Expression("JavaScript", "arende.text");
        await SaveAsync("VGR", Routines.Of("sander", "Sänder", [Routines.Step("start", "Elsa.Start"), leak], [Routines.Arrow("start", "Done", "ropa")]));
        // Begun by the event, and woken by it.
        await SaveAsync("VGR", Keeping("mottar", starts: true));
        await SaveAsync("VGR", Keeping("vantar", starts: false));
        var waits = (await Runtime.StartAsync(new StartWorkflow { DefinitionId = "vantar", Region = "VGR" })).InstanceId;
        await RunAsync(caseId, "sander");
        var begun = (await Instances.ListAsync(new InstanceFilter { DefinitionIds = ["mottar"], Trial = null }, InstanceOrder.NewestFirst, 0, 5)).Items.Single().Id;

        using var developer = await SignInAsync("utvecklare");
        foreach (var run in new[] { begun, waits })
        {
            foreach (var read in new[] { "", "/variables", "/journal", "/export" })
                (await developer.GetStringAsync($"/elsa/api/workflow-instances/{run}{read}")).Should().NotContain(Text, read);
            (await developer.GetStringAsync($"/elsa/api/activity-executions/list?workflowInstanceId={run}")).Should().NotContain(Text);
        }

        (await CountAsync("SELECT count(*) FROM instance_origin WHERE case_id = $1", Guid.Parse(caseId))).Should().Be(2);
        (await CountAsync("SELECT count(*) FROM read_log WHERE person = 'utvecklare' AND $1 = ANY (cases)", Guid.Parse(caseId))).Should().BePositive();

        static JsonObject Keeping(string id, bool starts)
        {
            var heard = Routines.Event("hor", "Läckan");
            heard["customProperties"]!["canStartWorkflow"] = starts;
            heard["result"] = new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "x" } };
            JsonArray steps = starts ? [heard, Routines.Event("sen", "Aldrig")] : [Routines.Step("start", "Elsa.Start"), heard, Routines.Event("sen", "Aldrig")];
            JsonArray arrows = starts ? [Routines.Arrow("hor", "Done", "sen")] : [Routines.Arrow("start", "Done", "hor"), Routines.Arrow("hor", "Done", "sen")];
            var model = Routines.Of(id, id, steps, arrows);
            model["variables"] = new JsonArray(new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Object" });
            return model;
        }
    }

    [Fact]
    public async Task S_7_the_ways_of_a_run_do_not_spell_what_the_resident_wrote()
    {
        var caseId = await RegisterAsync("ab");
        foreach (var (id, script, keep) in new[] { ("stavar", "arende.text.charAt(0) === 'a'", false), ("stavar2", "getX().charAt(0) === 'a'", true), ("stavar3", "ar\\u0065nde['te' + 'xt'][0] === 'a'", false) })
        {
            var set = Routines.Step("satt", "Elsa.SetVariable");
            set["variable"] = new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Object" };
            set["value"] = Routines.Expression("JavaScript", keep ? "arende.text" : "1");
            var way = Routines.Step("vag", "Elsa.FlowSwitch");
            way["cases"] = new JsonArray(new JsonObject { ["label"] = "bokstav-a", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } });
            var model = Routines.Of(id, id, [Routines.Step("start", "Elsa.Start"), set, way, Routines.WriteLine("rad", "x")],
                [Routines.Arrow("start", "Done", "satt"), Routines.Arrow("satt", "Done", "vag"), Routines.Arrow("vag", "bokstav-a", "rad")]);
            model["variables"] = new JsonArray(new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Object" });
            CaseReads.Of(model).Should().Contain(r => r.StartsWith("text", StringComparison.Ordinal) || r == "hela ärendet", id);
            await SaveAsync("VGR", model);
            var run = await RunAsync(caseId, id);
            using var owner = await SignInAsync("agare");
            foreach (var read in new[] { $"workflow-instances/{run}", $"workflow-instances/{run}/journal", $"activity-executions/list?workflowInstanceId={run}" })
                (await owner.GetStringAsync($"/elsa/api/{read}")).Should().NotContain("bokstav-a", read).And.NotContain("\"rad\"", read);
            using var developer = await SignInAsync("utvecklare");
            (await developer.GetStringAsync($"/elsa/api/workflow-instances/{run}/journal")).Should().Contain("bokstav-a");
        }
    }

    [Fact]
    public async Task S_7_what_a_run_sends_notes_and_stops_at_does_not_spell_what_the_resident_wrote()
    {
        const string Letters = "aåkn";
        // A fork with a branch for each place, a switch for its letter, and for each letter all that others see.
        JsonArray steps = [Routines.Step("start", "Elsa.Start")], arrows = [Routines.Arrow("start", "Done", "dela")];
        var fork = Routines.Step("dela", "Elsa.FlowFork");
        fork["branches"] = Routines.Expression("Object", new JsonArray([.. Enumerable.Range(0, 3).Select(i => (JsonNode)i.ToString(CultureInfo.InvariantCulture))]).ToJsonString());
        steps.Add((JsonNode)fork);
        for (var at = 0; at < 3; at++)
        {
            var way = Routines.Step($"vag{at}", "Elsa.FlowSwitch");
            way["cases"] = new JsonArray([.. Letters.Select(l => (JsonNode)new JsonObject { ["label"] = l.ToString(), ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = $"arende.text[{at}] === '{l}'" } })]);
            steps.Add((JsonNode)way);
            arrows.Add((JsonNode)Routines.Arrow("dela", at.ToString(CultureInfo.InvariantCulture), $"vag{at}"));
            foreach (var letter in Letters)
            {
                var notice = Routines.Step($"avisera{at}{letter}", "CaseWorkflows.StaffNotice");
                notice["to"] = Routines.Literal("Personer");
                notice["persons"] = Routines.Expression("Object", """["agare","onk1.mott.b"]""");
                notice["subject"] = Routines.Literal($"Bokstav {letter}");
                notice["text"] = Routines.Literal($"Plats {at} är {letter}");
                var note = Routines.Step($"anteckna{at}{letter}", "CaseWorkflows.HistoryNote");
                note["event"] = Routines.Literal($"Bokstav {letter}");
                var stop = Routines.Step($"stanna{at}{letter}", "Elsa.SetVariable");
                stop["variable"] = new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Object" };
                stop["value"] = Routines.Expression("JavaScript", "throw 'stopp'");
                foreach (var step in new[] { notice, note, stop, Routines.Event($"vantar{at}{letter}", "Aldrig") }) steps.Add((JsonNode)step);
                arrows.Add((JsonNode)Routines.Arrow($"vag{at}", letter.ToString(), $"avisera{at}{letter}"));
                arrows.Add((JsonNode)Routines.Arrow($"avisera{at}{letter}", "Skickat", $"anteckna{at}{letter}"));
                arrows.Add((JsonNode)Routines.Arrow($"anteckna{at}{letter}", "Done", at < 2 ? $"stanna{at}{letter}" : $"vantar{at}{letter}"));
            }
        }

        var model = Routines.Of("stavar-ut", "Stavar ut", steps, arrows);
        model["options"] = new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" };
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Object" });
        await SaveAsync("VGR", model);
        var caseId = await RegisterAsync("kån");
        var run = await RunAsync(caseId, "stavar-ut");

        (await CountAsync("SELECT count(*) FROM notice WHERE case_id = $1 AND text LIKE '%behöver ses över%' AND subject IS NULL", Guid.Parse(caseId))).Should().Be(6);
        (await CountAsync("SELECT count(*) FROM notice WHERE case_id = $1 AND (text LIKE 'Plats%' OR subject LIKE 'Bokstav%')", Guid.Parse(caseId))).Should().Be(0);
        (await CountAsync("SELECT count(*) FROM notice WHERE case_id = $1 AND subject IS NULL AND delivery_state = 'Spärrat'", Guid.Parse(caseId))).Should().Be(3, "who only follows routines gets none");
        string[] telling = [.. Letters.SelectMany(l => new[] { $"Bokstav {l}", $"vantar2{l}", $"stanna0{l}", $"stanna1{l}" })];
        foreach (var user in new[] { "agare", "revisor" })
        {
            using var reader = await SignInAsync(user);
            foreach (var path in new[] { $"/elsa/api/workflow-instances/{run}", $"/elsa/api/workflow-instances/{run}/export", $"/elsa/api/workflow-instances/{run}/journal", $"/api/cases/{caseId}/history" })
            {
                var answer = await reader.GetAsync(path);
                if (answer.StatusCode == HttpStatusCode.Forbidden) continue;
                var text = await answer.Content.ReadAsStringAsync();
                foreach (var word in telling) text.Should().NotContain(word, $"{user} reads {path}");
            }
        }

        using var auditor = await SignInAsync("revisor");
        (await auditor.GetAsync($"/api/cases/{caseId}/history")).StatusCode.Should().Be(HttpStatusCode.OK);
        using var receiver = await SignInAsync("onk1.mott.a");
        (await receiver.GetStringAsync($"/api/cases/{caseId}/history")).Should().Contain("Bokstav å", "who reads the case reads its history whole");
        using var operators = await SignInAsync("admin");
        var stops = JsonNode.Parse(await operators.GetStringAsync("/api/incidents"))!["items"]!.AsArray()
            .Select(i => (Id: i!["id"]!.ToString(), Step: i["step"]!["name"]!.ToString())).ToList();
        stops.Select(s => s.Step).Should().BeEquivalentTo(["stanna0k", "stanna1å"], "who reads the case sees where it stopped");

        // With a protected identity the local administrator decides about the incident, and does not read the case.
        await SqlAsync("UPDATE cases SET flags = array_append(flags, 'Skyddad identitet') WHERE id = $1", Guid.Parse(caseId));
        using var administrator = await SignInAsync("onk.lokadm");
        // When it stopped again is not told either: the first stop stands for all.
        var incident = JsonNode.Parse(await administrator.GetStringAsync("/api/incidents"))!["items"]!.AsArray().Should().ContainSingle().Subject!;
        incident["id"]!.ToString().Should().Be(stops[0].Id);
        (await administrator.GetStringAsync("/fel-i-rutiner")).Should().Contain("""<span class="cw-count">1<""");
        (await administrator.GetAsync($"/api/incidents/{stops[1].Id}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        telling.Should().OnlyContain(word => !incident.ToJsonString().Contains(word));
        incident["step"]!["name"]!.GetValue<string>().Should().Be("Ett steg som inte visas");
        incident["routine"].Should().BeNull("one routine for each letter would tell as well");

        // And to whom its notices did not come, one after the other, is not told: one row says that there are some, and where it stands among others'
        // does not say when the latest was. One from the middle becomes one of no case.
        await SqlAsync("""
            UPDATE notice n SET delivery_state = 'Ingen kanal', at = n.at + o.place * interval '1 minute', case_id = CASE WHEN o.place <> 3 THEN n.case_id END
            FROM (SELECT id, row_number() OVER (ORDER BY at, id) AS place FROM notice WHERE case_id = $1) o WHERE o.id = n.id
            """, Guid.Parse(caseId));
        var undelivered = JsonNode.Parse(await administrator.GetStringAsync("/api/notices/undelivered"))!["items"]!.AsArray();
        undelivered.Select(n => n!["caseId"]?.ToString()).Should().Equal([null, caseId], "the latest first, and of the case its first");
        undelivered[1]!["to"]!.ToString().Should().Be("Visas för dem som har ärendet");
        using (var reads = await SignInAsync("admin"))
        {
            JsonNode.Parse(await reads.GetStringAsync("/api/notices/undelivered"))!["items"]!.AsArray().Where(n => n!["caseId"]?.ToString() == caseId)
                .Select(n => n!["to"]!.ToString()).Should().Contain("onk1.mott.b", "who reads the case sees whom to tell");
        }

        (await administrator.PostAsJsonAsync($"/api/incidents/{incident["id"]}/skip", new { reason = "Vidare" })).StatusCode.Should().Be(HttpStatusCode.Forbidden, "nobody chooses a way past what he is not shown");
    }

    [Fact]
    public async Task S_7_what_began_a_run_may_have_given_it_pieces()
    {
        var note = Routines.Step("anteckna", "CaseWorkflows.HistoryNote");
        note["event"] = Routines.Expression("JavaScript", "'Fick ' + getInput('t')");
        var told = Routines.WriteLine("rad", "x");
        var way = Routines.Step("vag", "Elsa.FlowSwitch");
        way["cases"] = new JsonArray(new JsonObject { ["label"] = "bokstav-a", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "getInput('t') === 'a'" } });
        await SaveAsync("VGR", Routines.Of("far", "Får", [Routines.Step("start", "Elsa.Start"), note, way, told], [Routines.Arrow("start", "Done", "anteckna"), Routines.Arrow("anteckna", "Done", "vag"), Routines.Arrow("vag", "bokstav-a", "rad")]));
        using var owner = await SignInAsync("agare");
        foreach (var (given, listed) in new[] { ("arende.text[0]", 0), ("arende.typkod", 1) })
        {
            var caseId = await RegisterAsync("ab");
            var child = Routines.Step("barn", "Elsa.ExecuteWorkflow");
            child["workflowDefinitionId"] = Routines.Literal("far");
            child["input"] = Routines.Expression("JavaScript", $"({{ t: {given} }})");
            await SaveAsync("VGR", Routines.Of("ger", "Ger", [Routines.Step("start", "Elsa.Start"), child], [Routines.Arrow("start", "Done", "barn")]));
            await RunAsync(caseId, "ger");
            var seen = await owner.GetFromJsonAsync<JsonObject>("/elsa/api/workflow-instances?definitionId=far");
            seen!["items"]!.AsArray().Count.Should().Be(listed, given);
            (await CountAsync("SELECT count(*) FROM instance WHERE case_id = $1 AND definition_id = 'far'", Guid.Parse(caseId))).Should().Be(1);
        }
    }

    [Fact]
    public async Task S_7_what_one_routine_works_out_another_does_not_show()
    {
        // The one writes it into the case's codes, the other follows those.
        var mark = Routines.Step("stampla", "CaseWorkflows.SetCaseStatus");
        mark["status"] = Routines.Expression("JavaScript", "arende.text[0] === 'a' ? 'Påbörjat' : 'Inkommet'");
        await SaveAsync("VGR", Routines.Of("tvattar", "Tvättar", [Routines.Step("start", "Elsa.Start"), mark], [Routines.Arrow("start", "Done", "stampla")]));
        var way = Routines.Step("vag", "Elsa.FlowSwitch");
        way["cases"] = new JsonArray(new JsonObject { ["label"] = "bokstav-a", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "arende.status === 'Påbörjat'" } });
        await SaveAsync("VGR", Routines.Of("visar", "Visar", [Routines.Step("start", "Elsa.Start"), way, Routines.WriteLine("rad", "x")], [Routines.Arrow("start", "Done", "vag"), Routines.Arrow("vag", "bokstav-a", "rad")]));
        using var owner = await SignInAsync("agare");
        foreach (var (washed, shown) in new[] { (false, true), (true, false) })
        {
            var caseId = await RegisterAsync("ab");
            if (washed) await RunAsync(caseId, "tvattar");
            var run = await RunAsync(caseId, "visar");
            var journal = await owner.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-instances/{run}/journal");
            (journal!["items"]!.AsArray().Count > 0).Should().Be(shown);
        }
    }

    [Fact]
    public async Task S_4_what_a_cases_routine_sends_moves_no_other_case()
    {
        var task = Routines.Step("ring", "CaseWorkflows.HumanTask");
        task["title"] = Routines.Literal("Ring patienten");
        task["roles"] = Routines.Expression("Object", """["arendemottagare"]""");
        task["outcomes"] = Routines.Expression("Object", """["Klar","Återbud"]""");
        task["interruptEvents"] = Routines.Expression("Object", """["Återbud"]""");
        await SaveAsync("VGR", Routines.Of("ringer", "Ringer", [Routines.Step("start", "Elsa.Start"), task], [Routines.Arrow("start", "Done", "ring")]));
        var (one, other) = (await RegisterAsync("a"), await RegisterAsync("b"));
        foreach (var caseId in new[] { one, other }) await RunAsync(caseId, "ringer");
        foreach (var (id, correlation) in new[] { ("ropar", null), ("ropar-annat", other), ("ropar-eget", one) })
        {
            var shout = Routines.Step("ropa", "Elsa.PublishEvent");
            shout["eventName"] = Routines.Literal("Återbud");
            if (correlation is not null) shout["correlationId"] = Routines.Literal(correlation);
            await SaveAsync("VGR", Routines.Of(id, id, [Routines.Step("start", "Elsa.Start"), shout], [Routines.Arrow("start", "Done", "ropa")]));
        }

        await RunAsync(one, "ropar-annat");
        (await WithdrawnAsync(one), await WithdrawnAsync(other)).Should().Be((0L, 0L));
        await RunAsync(one, "ropar");
        (await WithdrawnAsync(one), await WithdrawnAsync(other)).Should().Be((1L, 0L), "without a correlation it is of that case");
        await RunAsync(one, "ringer");
        await RunAsync(one, "ropar-eget");
        (await WithdrawnAsync(one), await WithdrawnAsync(other)).Should().Be((2L, 0L));

        // A routine of no case moves the case that it names, and one that a case has reached none but that.
        async Task OfNoneAsync(string definition) => await Runtime.StartAsync(new StartWorkflow { DefinitionId = definition, Region = "VGR" });
        await RunAsync(one, "ringer");
        await OfNoneAsync("ropar");
        (await WithdrawnAsync(one), await WithdrawnAsync(other)).Should().Be((2L, 0L), "no case is named");
        foreach (var (heard, sent) in new[] { ("hor-annat", other), ("hor-inget", null) })
        {
            var passed = Routines.Step("skicka", "Elsa.PublishEvent");
            passed["eventName"] = Routines.Literal("Återbud");
            if (sent is not null) passed["correlationId"] = Routines.Literal(sent);
            var begin = Routines.Event("hor", heard);
            begin["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
            await SaveAsync("VGR", Routines.Of(heard, heard, [begin, passed], [Routines.Arrow("hor", "Done", "skicka")]));
            var shout = Routines.Step("ropa", "Elsa.PublishEvent");
            shout["eventName"] = Routines.Literal(heard);
            await SaveAsync("VGR", Routines.Of("till-" + heard, "Till " + heard, [Routines.Step("start", "Elsa.Start"), shout], [Routines.Arrow("start", "Done", "ropa")]));
        }

        await RunAsync(one, "till-hor-annat");
        (await WithdrawnAsync(one), await WithdrawnAsync(other)).Should().Be((2L, 0L), "it was reached by another");
        await RunAsync(one, "till-hor-inget");
        (await WithdrawnAsync(one), await WithdrawnAsync(other)).Should().Be((3L, 0L));
        await OfNoneAsync("ropar-annat");
        (await WithdrawnAsync(one), await WithdrawnAsync(other)).Should().Be((3L, 1L));

        // One that several cases have reached moves none of them without saying which.
        foreach (var caseId in new[] { one, other }) await RunAsync(caseId, "ringer");
        var gathered = Routines.Step("skicka", "Elsa.PublishEvent");
        gathered["eventName"] = Routines.Literal("Återbud");
        await SaveAsync("VGR", Routines.Of("samlar", "Samlar", [Routines.Event("hor", "hor-inget"), gathered], [Routines.Arrow("hor", "Done", "skicka")]));
        var gathers = (await Runtime.StartAsync(new StartWorkflow { DefinitionId = "samlar", Region = "VGR" })).InstanceId;
        await SqlAsync("INSERT INTO instance_origin (instance_id, case_id) VALUES ($1, $2)", gathers, Guid.Parse(other));
        await SqlAsync("DELETE FROM event_trigger WHERE definition_id = 'hor-inget'");
        await RunAsync(one, "till-hor-inget");
        (await Instances.FindAsync(gathers))!.Summary.Status.Should().Be(Engine.State.WorkflowStatus.Finished);
        (await WithdrawnAsync(one), await WithdrawnAsync(other)).Should().Be((3L, 1L));

        Task<long> WithdrawnAsync(string caseId) => CountAsync("SELECT count(*) FROM task WHERE case_id = $1 AND title = 'Ring patienten' AND state = 'Återkallad'", Guid.Parse(caseId));
    }

    [Fact]
    public async Task S_7_the_steps_of_a_run_that_has_swept_cases_tell_what_routines_wrote_in_them()
    {
        var registered = await RegisteredAsync("Hej");
        var (caseId, number) = (registered["id"]!.ToString(), registered["caseNumber"]!.ToString());
        var sweep = Routines.Step("svep", "CaseWorkflows.Sweep");
        sweep["kinds"] = Routines.Expression("Object", """["allaÖppna"]""");
        sweep["unit"] = Routines.Literal("onk1");
        sweep["rows"] = new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "x" } };
        var stop = Routines.Step("stanna", "Elsa.SetVariable");
        stop["variable"] = new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Object" };
        stop["value"] = Routines.Expression("JavaScript", "throw new Error(JSON.stringify(getX()))");
        var model = Routines.Of("sveper", "Sveper", [Routines.Step("start", "Elsa.Start"), sweep, stop],
            [Routines.Arrow("start", "Done", "svep"), Routines.Arrow("svep", "Träffar", "stanna")]);
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Object" });
        await SaveAsync("VGR", model);
        var run = (await Runtime.StartAsync(new StartWorkflow { DefinitionId = "sveper", Region = "VGR" })).InstanceId;
        var incident = (await Instances.IncidentsAsync(run, true)).Single();
        incident.Message.Should().Contain(number);

        foreach (var user in new[] { "agare", "revisor" }) await SeesAsync(user, shown: false);
        await SeesAsync("utvecklare", shown: true);
        // The operator mends it without what it quotes, and so does the developer where a case that it may have found is protected.
        await QuotedAsync("admin", told: false);
        await QuotedAsync("utvecklare", told: true);
        await SqlAsync("UPDATE cases SET flags = array_append(flags, 'Skyddad identitet') WHERE id = $1", Guid.Parse(caseId));
        await SeesAsync("utvecklare", shown: false);
        await QuotedAsync("utvecklare", told: false);

        async Task SeesAsync(string user, bool shown)
        {
            using var reader = await SignInAsync(user);
            var journal = await reader.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-instances/{run}/journal");
            (journal!["items"]!.AsArray().Count > 0).Should().Be(shown, user);
            (await reader.GetStringAsync($"/elsa/api/workflow-instances/{run}/variables")).Contains(number, StringComparison.Ordinal).Should().Be(shown, user);
            var detail = await reader.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-instances/{run}");
            detail!.ContainsKey("status").Should().Be(shown, user);
            var listed = await reader.PostAsJsonAsync("/elsa/api/workflow-instances", new { definitionId = "sveper", hasIncidents = true });
            (JsonNode.Parse(await listed.Content.ReadAsStringAsync())!["totalCount"]!.GetValue<int>() == 1).Should().Be(shown, user);
        }

        async Task QuotedAsync(string user, bool told)
        {
            using var reader = await SignInAsync(user);
            var read = await reader.GetStringAsync($"/api/incidents/{incident.Id}");
            read.Contains(number, StringComparison.Ordinal).Should().Be(told, $"{user}: {read}");
            (await reader.GetStringAsync("/api/incidents")).Should().Contain(incident.Id.ToString(), user);
        }
    }

    [Fact]
    public async Task F_10_a_routine_in_a_loop_floods_neither_people_nor_records()
    {
        foreach (var (type, most, table) in new[] { ("StaffNotice", 200, "notice"), ("HistoryNote", 1_000, "anteckningar") })
        {
            var step = Routines.Step("steg", "CaseWorkflows." + type);
            if (type == "StaffNotice") step["roles"] = Routines.Expression("Object", """["arendemottagare"]""");
            step["event"] = Routines.Literal("Varv");
            var loop = Routines.Step("varv", "Elsa.While");
            loop["condition"] = Routines.Expression("JavaScript", "true");
            loop["body"] = step;
            var caseId = await RegisterAsync("Hej");
            (await IncidentOfAsync("VGR", Routines.Of("slinga", "Slinga", [Routines.Step("start", "Elsa.Start"), loop], [Routines.Arrow("start", "Done", "varv")]), caseId))
                .Should().Contain($"fler än {most}").And.Contain(table == "notice" ? "aviseringar" : table);
        }
    }

    [Fact]
    public async Task S_7_the_list_of_runs_does_not_spell_what_the_resident_wrote()
    {
        foreach (var letter in "ab") await SaveAsync("VGR", Routines.Of($"bokstav-{letter}", letter.ToString(), [Routines.Step("start", "Elsa.Start"), Routines.Event("vantar", "Aldrig")], [Routines.Arrow("start", "Done", "vantar")]));
        var child = Routines.Step("barn", "Elsa.ExecuteWorkflow");
        child["workflowDefinitionId"] = Routines.Expression("JavaScript", "'bokstav-' + arende.text[0]");
        await SaveAsync("VGR", Routines.Of("stavar-barn", "Stavar", [Routines.Step("start", "Elsa.Start"), child], [Routines.Arrow("start", "Done", "barn")]));
        var whole = Routines.Step("barn", "Elsa.ExecuteWorkflow");
        whole["workflowDefinitionId"] = Routines.Literal("bokstav-a");
        await SaveAsync("VGR", Routines.Of("ett-barn", "Ett barn", [Routines.Step("start", "Elsa.Start"), whole], [Routines.Arrow("start", "Done", "barn")]));

        var open = await RegisterAsync("b");
        var hidden = await RegisterAsync("a");
        await SqlAsync("UPDATE cases SET flags = array_append(flags, 'Skyddad identitet') WHERE id = $1", Guid.Parse(hidden));
        foreach (var caseId in new[] { open, hidden })
            await RunAsync(caseId, "stavar-barn");
        foreach (var (user, seen) in new[] { ("agare", 0), ("utvecklare", 1) })
        {
            using var client = await SignInAsync(user);
            (await ListAsync(client, "bokstav-a")).Should().Be(0, user);
            (await ListAsync(client, "bokstav-b")).Should().Be(seen, user);
            (await ListAsync(client, "stavar-barn")).Should().Be(2, user);
        }

        // What no words decided, in a case where none have been taken to pieces, is listed as before.
        open = await RegisterAsync("b");
        await RunAsync(open, "ett-barn");
        using var owner = await SignInAsync("agare");
        (await ListAsync(owner, "bokstav-a")).Should().Be(1);

        static async Task<int> ListAsync(HttpClient client, string definition)
        {
            var answer = await client.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-instances?definitionId={definition}");
            answer!["items"]!.AsArray().Count.Should().Be(answer["totalCount"]!.GetValue<int>());
            return answer["items"]!.AsArray().Count;
        }
    }

    [Fact]
    public async Task S_8_what_a_routine_works_out_for_status_and_marks_is_one_of_the_known_words()
    {
        var caseId = await RegisterAsync(Text);
        foreach (var (type, input, script) in new[] { ("SetCaseStatus", "status", "arende.text"), ("SetCaseFlag", "add", "[arende.text]"), ("CloseCase", "status", "arende.text"), ("CloseCase", "mode", "arende.text") })
        {
            var step = Routines.Step("steg", "CaseWorkflows." + type);
            step[input] = Routines.Expression("JavaScript", script);
            var model = Routines.Of("ord", "Ord", [Routines.Step("start", "Elsa.Start"), step], [Routines.Arrow("start", "Done", "steg")]);
            (await IncidentOfAsync("VGR", model, caseId)).Should().Contain("som steget räknar ut är inte ett av de kända").And.NotContain(Text);
        }

        var note = Routines.Step("steg", "CaseWorkflows.HistoryNote");
        note["event"] = Routines.Expression("JavaScript", "arende.text");
        (await IncidentOfAsync("VGR", Routines.Of("ord", "Ord", [Routines.Step("start", "Elsa.Start"), note.DeepClone()], [Routines.Arrow("start", "Done", "steg")]), caseId)).Should().BeNull();
        note["rule"] = Routines.Expression("JavaScript", "arende.text");
        (await IncidentOfAsync("VGR", Routines.Of("ord", "Ord", [Routines.Step("start", "Elsa.Start"), note.DeepClone()], [Routines.Arrow("start", "Done", "steg")]), caseId))
            .Should().Contain("Regeln räknas ut").And.NotContain(Text);
        var move = Routines.Step("steg", "CaseWorkflows.MoveCase");
        move["toUnit"] = Routines.Literal("onk2");
        move["event"] = Routines.Expression("JavaScript", "arende.text");
        (await IncidentOfAsync("VGR", Routines.Of("ord", "Ord", [Routines.Step("start", "Elsa.Start"), move], [Routines.Arrow("start", "Done", "steg")]), caseId)).Should().BeNull();

        using var auditor = await SignInAsync("revisor");
        foreach (var path in new[] { $"/api/cases/{caseId}", $"/api/cases/{caseId}/history", "/api/cases" }) (await auditor.GetStringAsync(path)).Should().NotContain(Text, path);
    }

    [Fact]
    public async Task D_10_no_routine_lifts_a_protected_identity()
    {
        var caseId = await RegisterAsync(Text);
        await SqlAsync("UPDATE cases SET flags = array_append(flags, 'Skyddad identitet') WHERE id = $1", Guid.Parse(caseId));
        var step = Routines.Step("steg", "CaseWorkflows.SetCaseFlag");
        step["remove"] = Routines.Expression("JavaScript", "['Skyddad ' + 'identitet']");
        var model = Routines.Of("lyfter", "Lyfter", [Routines.Step("start", "Elsa.Start"), step], [Routines.Arrow("start", "Done", "steg")]);
        (await IncidentOfAsync("VGR", model, caseId)).Should().Contain("Skyddad identitet tas inte bort av en rutin");

        using var owner = await SignInAsync("agare");
        var literal = Routines.Step("steg", "CaseWorkflows.SetCaseFlag");
        literal["remove"] = Routines.Expression("Object", "[\"Skyddad identitet\"]");
        var sent = await owner.PostAsJsonAsync("/elsa/api/workflow-definitions",
            new JsonObject { ["model"] = Routines.Of("lyfter-2", "Lyfter", [Routines.Step("start", "Elsa.Start"), literal], [Routines.Arrow("start", "Done", "steg")]), ["publish"] = true });
        sent.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await CountAsync("SELECT count(*) FROM cases WHERE id = $1 AND protected", Guid.Parse(caseId))).Should().Be(1);
    }

    /// <summary>Published past the gate and run for the case: what its step came to.</summary>
    private async Task<string?> IncidentOfAsync(string region, JsonObject model, string caseId)
    {
        await SaveAsync(region, model);
        return await IncidentAsync(await RunAsync(caseId, model["definitionId"]!.GetValue<string>(), region));
    }
}
