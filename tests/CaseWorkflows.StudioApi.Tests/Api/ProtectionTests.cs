using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>Real cases beside those who make and try routines: nothing comes out of them, and nothing is done to them.</summary>
public sealed class ProtectionTests : RealCases
{
    private const string Letters = "Zebra-QX";

    [Fact]
    public async Task S_7_what_a_routine_computes_from_a_case_is_hidden_however_it_is_spelt()
    {
        var caseId = await RegisterAsync(Letters);
        // The ways to write a text so that it is no text of the case's any more; each would tell it.
        string[] spellings =
        [
            "arende.text.split('').join('_')", "arende.text.split('').map(function(c){return c.charCodeAt(0)}).join(',')",
            "arende.text.split('').reverse().join('')", "arende.text.toLowerCase()", "JSON.stringify(arende.text)", "btoa ? arende.text : arende.text",
            "arende.text.split('').map(function(c){return c.charCodeAt(0)})", "arende.text.charCodeAt(0) * 1000003", "arende.text.length * 7777777",
            "(function(){var o={};o['nyckel_'+arende.text.split('').join('_')]=1;return o})()", "[{a:[{b:arende.text.split('').join('_')}]}]",
        ];
        var steps = new JsonArray(Routines.Step("start", "Elsa.Start"));
        var variables = new JsonArray();
        for (var i = 0; i < spellings.Length; i++)
        {
            var set = Routines.Step($"s{i}", "Elsa.SetVariable");
            set["variable"] = new JsonObject { ["id"] = $"v{i}", ["name"] = $"V{i}", ["typeName"] = "Object" };
            set["value"] = Routines.Expression("JavaScript", spellings[i].Replace("btoa ? ", "true ? ", StringComparison.Ordinal));
            variables.Add(new JsonObject { ["id"] = $"v{i}", ["name"] = $"V{i}", ["typeName"] = "Object" });
            steps.Add(set);
        }

        foreach (var (id, type, input) in new[] { ("namn", "Elsa.SetName", "value"), ("korr", "Elsa.Correlate", "correlationId"), ("rad", "Elsa.WriteLine", "text") })
        {
            var step = Routines.Step(id, type);
            step[input] = Routines.Expression("JavaScript", "'x_' + arende.text.split('').join('_')");
            steps.Add(step);
        }

        steps.Add(Routines.WriteLine("fast", "Rutinens egna ord"));
        var wait = Routines.Step("vanta", "Elsa.Event");
        wait["eventName"] = Routines.Expression("JavaScript", "arende.text.split('').join('_')");
        var fault = Routines.Step("fel", "Elsa.Fault");
        fault["message"] = Routines.Expression("JavaScript", "'Gick fel: ' + arende.text.split('').join('_')");
        var fork = Routines.Step("dela", "Elsa.FlowFork");
        fork["branches"] = Routines.Expression("Object", "[\"A\",\"B\"]");
        steps.Add(fork);
        steps.Add(wait);
        steps.Add(fault);
        var ids = steps.Select(s => s!["id"]!.GetValue<string>()).Where(i => i is not ("vanta" or "fel")).ToList();
        JsonArray arrows = [.. ids.Zip(ids.Skip(1)).Select(p => (JsonNode)Routines.Arrow(p.First, "Done", p.Second)), Routines.Arrow("dela", "A", "vanta"), Routines.Arrow("dela", "B", "fel")];
        var model = Routines.Of("spion", "Spion", steps, arrows);
        model["variables"] = variables;
        await SaveAsync("VGR", model);
        var run = (await Runtime.StartAsync(new StartWorkflow { DefinitionId = "spion", Region = "VGR", CaseId = Guid.Parse(caseId), CorrelationId = caseId, Name = "Start" })).InstanceId;

        string[] told = ["Z_e_b_r_a", "90,101,98", "XQ-arbeZ", "zebra-qx", Letters, "90000270", "62222216", "nyckel_", "90,\"101\"", "[90", "x_Z"];
        string[] reads =
        [
            $"workflow-instances/{run}", $"workflow-instances/{run}/journal", $"workflow-instances/{run}/variables", $"workflow-instances/{run}/export",
            $"activity-executions/list?workflowInstanceId={run}", $"activity-execution-summaries/list?workflowInstanceId={run}", "workflow-instances?definitionId=spion",
            $"workflow-instances/{run}/journal/fel", $"workflow-instances/{run}/journal/vanta",
        ];
        var seen = "";
        foreach (var user in new[] { "agare", "revisor" })
        {
            using var reader = await SignInAsync(user);
            foreach (var read in reads)
            {
                var answer = await reader.GetAsync($"/elsa/api/{read}");
                var text = await answer.Content.ReadAsStringAsync();
                // It takes the text to pieces, so none of its steps is there to be read.
                answer.StatusCode.Should().Be(read.Contains("/journal/", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, read);
                foreach (var word in told) text.Should().NotContain(word, $"{user} reads {read}");
                seen += text;
            }

            // Nor by asking whether it is so.
            foreach (var ask in new[] { "searchTerm=x_Z", "correlationId=x_Z_e_b_r_a_-_Q_X", "searchTerm=x_Z_e_b_r_a_-_Q_X" })
                JsonNode.Parse(await reader.GetStringAsync($"/elsa/api/workflow-instances?{ask}"))!["totalCount"]!.GetValue<int>().Should().Be(0, ask);
        }

        seen.Should().Contain("Faulted").And.NotContain("Rutinens egna ord").And.NotContain("\"fel\"");
        using var developer = await SignInAsync("utvecklare");
        (await developer.GetStringAsync($"/elsa/api/{reads[1]}")).Should().Contain("Z_e_b_r_a");
    }

    [Fact]
    public async Task S_4_a_trial_does_nothing_to_a_real_case()
    {
        var caseId = await RegisterAsync("Hej");
        var shout = Routines.Step("ropa", "Elsa.PublishEvent");
        shout["eventName"] = Routines.Literal("Rop");
        shout["correlationId"] = Routines.Literal(caseId);
        await SaveAsync("VGR", Routines.Of("ropare", "Ropare", [Routines.Step("start", "Elsa.Start"), shout], [Routines.Arrow("start", "Done", "ropa")]));
        await SaveAsync("VGR", Routines.Of("lyssnare", "Lyssnare", [Routines.Step("start", "Elsa.Start"), Routines.Event("hor", "Rop")], [Routines.Arrow("start", "Done", "hor")]));
        await Runtime.StartAsync(new StartWorkflow { DefinitionId = "lyssnare", Region = "VGR", CaseId = Guid.Parse(caseId), CorrelationId = caseId });
        var before = await WorldAsync(caseId);
        await Runtime.StartAsync(new StartWorkflow { DefinitionId = "ropare", Region = "VGR", Trial = true });
        (await WorldAsync(caseId)).Should().Be(before);
        // The same in earnest, to see that it would have been something.
        await Runtime.StartAsync(new StartWorkflow { DefinitionId = "ropare", Region = "VGR" });
        (await WorldAsync(caseId)).Should().NotBe(before);
    }

    [Fact]
    public async Task S_10_a_sweep_finds_its_own_regions_cases_and_a_trial_none_but_its_own()
    {
        await RegisterAsync("Hej");
        foreach (var region in new[] { "VGR", "RG" }) await SaveAsync(region, Sweeping("svep-" + region, "onk1"));
        (await SweepAsync("VGR", trial: false)).Rows.Should().BeGreaterThan(0);
        (await SweepAsync("VGR", trial: true)).Rows.Should().Be(0);
        foreach (var trial in new[] { false, true })
        {
            var elsewhere = await SweepAsync("RG", trial);
            elsewhere.Rows.Should().Be(0);
            elsewhere.Incident.Should().EndWith("Enheten ”onk1” finns inte i rutinens region.");
        }

        async Task<(int Rows, string? Incident)> SweepAsync(string region, bool trial)
        {
            var run = await Runtime.StartAsync(new StartWorkflow { DefinitionId = "svep-" + region, Region = region, Trial = trial });
            var state = (await Instances.FindAsync(run.InstanceId))!.State;
            return ((state.Variables.GetValueOrDefault("rader") as System.Collections.IEnumerable)?.Cast<object>().Count() ?? 0, state.Incidents is [var first, ..] ? first.Message : null);
        }
    }

    [Fact]
    public async Task S_9_a_real_run_is_cancelled_for_a_reason_by_who_may_and_the_history_says_who()
    {
        var (caseId, instance) = await RegisterWithRunAsync("Hej");
        using var owner = await SignInAsync("agare");
        var refused = await owner.PostAsJsonAsync("/elsa/api/bulk-actions/cancel/workflow-instances", new { definitionId = "onk-arende", versionOptions = "AllVersions", reason = "prov" });
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("verkliga ärenden");

        using var developer = await SignInAsync("utvecklare");
        var without = await developer.PostAsync($"/elsa/api/cancel/workflow-instances/{instance}", null);
        without.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonNode.Parse(await without.Content.ReadAsStringAsync())!["code"]!.GetValue<string>().Should().Be("reason-required");
        (await StatusAsync(instance)).Should().Be("Running");

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/elsa/api/cancel/workflow-instances/{instance}");
        request.Headers.Add("X-Cancel-Reason", Uri.EscapeDataString("Fel rutin för ärendet"));
        (await developer.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await StatusAsync(instance)).Should().Be("Finished");
        await using var history = Host.Database.DataSource.CreateCommand("""
            SELECT h.entry -> 'actor' ->> 'id', t.reason FROM history h JOIN history_text t USING (stream, seq)
            WHERE h.case_id = $1 AND h.entry ->> 'event' = 'Rutinen avbruten'
            """);
        history.Parameters.Add(new() { Value = Guid.Parse(caseId) });
        await using var r = await history.ExecuteReaderAsync();
        (await r.ReadAsync()).Should().BeTrue();
        (r.GetString(0), r.GetString(1)).Should().Be(("utvecklare", "Fel rutin för ärendet"));
    }

    [Fact]
    public async Task S_7_a_notice_takes_its_words_from_the_routine_and_its_number_from_the_case()
    {
        var caseId = await RegisterAsync("Hej");
        var number = await NumberAsync(caseId);
        await SaveAsync("VGR", Noticing("avis-ok", "'Påminnelse: ' + getVariable('V').caseNumber + ' vid {enhet}.'", caseId));
        await Runtime.StartAsync(new StartWorkflow { DefinitionId = "avis-ok", Region = "VGR" });
        var told = await NoticesAsync();
        told.Should().NotBeEmpty().And.OnlyContain(t => t.StartsWith($"Påminnelse: {number} vid ", StringComparison.Ordinal));

        // A draft that no gate has seen, in a trial and in earnest: an incident at the step, and nothing is sent.
        await SaveAsync("RG", Noticing("avis-annan", "'Påminnelse: {ärendenummer}'", caseId, unit: "hc-exempel"));
        var elsewhere = await Runtime.StartAsync(new StartWorkflow { DefinitionId = "avis-annan", Region = "RG" });
        (await IncidentAsync(elsewhere.InstanceId)).Should().Be("Ärendet som aviseringen gäller finns inte i rutinens region.");
        (await NoticesAsync()).Should().HaveCount(told.Count);
        var gate = () => SaveAsync("VGR", Noticing("avis-text", "'Hej ' + getVariable('V').text", caseId));
        await gate.Should().ThrowAsync<Engine.Definitions.DefinitionException>();
    }

    [Fact]
    public async Task F_10_a_task_made_after_a_wait_in_a_trial_is_its_starters()
    {
        using var owner = await SignInAsync("agare");
        var task = Routines.Step("uppgift", "CaseWorkflows.HumanTask");
        task["title"] = Routines.Literal("Efter väntan");
        task["outcomes"] = Routines.Expression("Object", "[\"Klar\"]");
        task["roles"] = Routines.Expression("Object", "[\"arendemottagare\"]");
        var saved = await owner.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject
        {
            ["publish"] = false,
            ["model"] = Routines.Of("prov-vantan", "Prov väntan", [Routines.Step("start", "Elsa.Start"), Routines.Event("vanta", "nu"), task], [Routines.Arrow("start", "Done", "vanta"), Routines.Arrow("vanta", "Done", "uppgift")]),
        });
        saved.StatusCode.Should().Be(HttpStatusCode.OK, await saved.Content.ReadAsStringAsync());
        var started = await owner.PostAsJsonAsync("/elsa/api/workflow-definitions/prov-vantan/execute", new { });
        var id = started.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        (await owner.PostAsJsonAsync("/elsa/api/events/nu/trigger", new { workflowInstanceId = id })).StatusCode.Should().Be(HttpStatusCode.OK);
        await using var command = Host.Database.DataSource.CreateCommand("SELECT starter FROM task WHERE instance_id = $1 AND trial");
        command.Parameters.Add(new() { Value = Guid.Parse(id) });
        (await command.ExecuteScalarAsync()).Should().Be("agare");
    }

    private static JsonObject Sweeping(string id, string unit)
    {
        var sweep = Routines.Step("svep", "CaseWorkflows.Sweep");
        sweep["kinds"] = Routines.Expression("Object", "[\"allaÖppna\"]");
        sweep["unit"] = Routines.Literal(unit);
        sweep["rows"] = new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "rader" } };
        var model = Routines.Of(id, id, [Routines.Step("start", "Elsa.Start"), sweep], [Routines.Arrow("start", "Done", "svep")]);
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "rader", ["name"] = "Rader", ["typeName"] = "Object" });
        return model;
    }

    private static JsonObject Noticing(string id, string script, string caseId, string unit = "onk1")
    {
        var notice = Routines.Step("avis", "CaseWorkflows.StaffNotice");
        notice["to"] = Routines.Literal("Personer");
        notice["persons"] = Routines.Expression("Object", "[\"agare\"]");
        notice["unit"] = Routines.Literal(unit);
        notice["caseId"] = Routines.Literal(caseId);
        notice["text"] = Routines.Expression("JavaScript", script);
        var model = Routines.Of(id, id, [Routines.Step("start", "Elsa.Start"), notice], [Routines.Arrow("start", "Done", "avis")]);
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "v", ["name"] = "V", ["typeName"] = "Object", ["value"] = "{\"caseNumber\":\"fel\",\"text\":\"fel\"}" });
        return model;
    }

    private async Task<(string CaseId, string Instance)> RegisterWithRunAsync(string text)
    {
        var made = await RegisteredAsync(text);
        return (made["id"]!.GetValue<string>(), made["workflowInstances"]![0]!["id"]!.GetValue<string>());
    }

    /// <summary>Everything that somebody could have done to the case, in a few numbers.</summary>
    private async Task<string> WorldAsync(string caseId)
    {
        await using var command = Host.Database.DataSource.CreateCommand("""
            SELECT concat_ws('|', (SELECT string_agg(i.definition_id || i.status || i.revision, ',' ORDER BY i.id) FROM instance i WHERE i.case_id = $1),
              (SELECT count(*) FROM history WHERE case_id = $1), (SELECT count(*) FROM task WHERE case_id = $1), (SELECT count(*) FROM notice WHERE case_id = $1))
            """);
        command.Parameters.Add(new() { Value = Guid.Parse(caseId) });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<string> NumberAsync(string caseId)
    {
        await using var command = Host.Database.DataSource.CreateCommand("SELECT case_number FROM cases WHERE id = $1");
        command.Parameters.Add(new() { Value = Guid.Parse(caseId) });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<List<string>> NoticesAsync()
    {
        await using var command = Host.Database.DataSource.CreateCommand("SELECT text FROM notice WHERE text LIKE 'Påminnelse%'");
        await using var r = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await r.ReadAsync()) texts.Add(r.GetString(0));
        return texts;
    }

    private async Task<string> StatusAsync(string instance) =>
        (await Instances.FindAsync(Guid.Parse(instance)))!.Summary.Status.ToString();
}
