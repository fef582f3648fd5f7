using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>What a run was given by a case, or has swept of many, it tells only to those who may know it.</summary>
public sealed class GivenByCasesTests : RealCases
{
    private const string Text = "Zebra i brunnen";
    private const string Variable = "{\"typeName\":\"Object\",\"memoryReference\":{\"id\":\"x\"}}";

    [Fact]
    public async Task S_7_a_run_that_a_case_has_reached_and_does_not_run_for_it_writes_nothing_that_others_read()
    {
        var (one, other) = (await RegisterAsync(Text), await RegisterAsync(Text));
        const string Words = "'X ' + (getInput('Payload') || getX() || '')";
        var steps = new List<JsonObject>
        {
            Asking("CaseWorkflows.HumanTask", Words, "superanvandare"), Asking("CaseWorkflows.HumanTask", "'Alltid samma'", "arendemottagare"), Asking("CaseWorkflows.ExternalEvidence", Words, "arendemottagare"),
            Of("CaseWorkflows.HistoryNote", ("event", Script(Words))), Of("CaseWorkflows.RaiseDeviation", ("patientLinked", Script("false")), ("text", Script(Words))),
            Of("CaseWorkflows.StaffNotice", ("roles", Roles("arendemottagare")), ("unit", Routines.Literal("onk1")), ("text", Routines.Literal("Bokstav a"))),
            Of("CaseWorkflows.GrantCover", ("absence", Routines.Literal("a")), ("absent", Routines.Literal("onk1.hant")), ("persons", Routines.Expression("Object", "[\"onk1.mott.a\"]"))),
            Of("CaseWorkflows.RevokeCover", ("absence", Routines.Literal("a"))),
        };
        await SaveAsync("VGR", Sending("sander", "arende.text"));
        // Another case's run is reached through one without a case that its own case has reached as well: else no event of it comes there.
        await SaveAsync("VGR", Heard("formedlar", Of("Elsa.PublishEvent", ("eventName", Routines.Literal("Läckan vidare")), ("correlationId", Routines.Literal(other)), ("payload", Script("getX()"))), starts: false));
        var between = (await Runtime.StartAsync(new StartWorkflow { DefinitionId = "formedlar", Region = "VGR" })).InstanceId;
        await CountAsync("INSERT INTO instance_origin (instance_id, case_id) VALUES ($1, $2) RETURNING 1::bigint", between, Guid.Parse(other));
        var waiting = new List<(Guid Run, string Expected)>();
        for (var i = 0; i < steps.Count; i++)
        {
            // Begun by the event; woken by it; begun by one that was; a run for another case; one that runs for the case itself.
            await SaveAsync("VGR", Heard($"begynt-{i}", steps[i], starts: true));
            await SaveAsync("VGR", Heard($"vackt-{i}", steps[i], starts: false));
            await SaveAsync("VGR", Then($"barn-{i}", steps[i]));
            await SaveAsync("VGR", Heard($"foralder-{i}", Of("Elsa.ExecuteWorkflow", ("workflowDefinitionId", Routines.Literal($"barn-{i}")), ("input", Script("({ Payload: getInput('Payload') })"))), starts: true));
            waiting.Add(((await Runtime.StartAsync(new StartWorkflow { DefinitionId = $"vackt-{i}", Region = "VGR" })).InstanceId, "körs utan ärendet"));
            if (i >= 6) continue;
            await SaveAsync("VGR", Heard($"arende-{i}", steps[i], starts: false, "Läckan vidare"));
            waiting.Add((await RunAsync(other, $"arende-{i}"), "ett annat ärende"));
        }

        await SaveAsync("VGR", Heard("svarar", Of("CaseWorkflows.ResidentMessage", ("text", Script(Words))), starts: false, "Läckan vidare"));
        waiting.Add((await RunAsync(other, "svarar"), "ett annat ärende"));
        await SaveAsync("VGR", Heard("eget", Asking("CaseWorkflows.HumanTask", "'Eget'", "arendemottagare"), starts: false));
        var own = await RunAsync(one, "eget");
        await RunAsync(one, "sander");

        for (var i = 0; i < steps.Count; i++)
        {
            foreach (var begun in new[] { $"begynt-{i}", $"barn-{i}" }) waiting.Add(((await RunsAsync(begun)).Single(), "körs utan ärendet"));
        }

        foreach (var (run, expected) in waiting)
        {
            var name = (await Instances.FindAsync(run))!.Summary.DefinitionId;
            (await IncidentAsync(run)).Should().Contain(expected, name).And.NotContain(Text, name);
            (await CountAsync("SELECT count(*) FROM task WHERE instance_id = $1", run)).Should().Be(0, name);
        }

        (await IncidentAsync(own)).Should().BeNull();
        (await CountAsync("SELECT count(*) FROM task WHERE instance_id = $1 AND case_id IS NOT NULL", own)).Should().Be(1);
        (await CountAsync("SELECT count(*) FROM history h LEFT JOIN history_text t ON t.stream = h.stream AND t.seq = h.seq WHERE strpos(concat(h.entry, t.reason), $1) > 0", "X " + Text)).Should().Be(0);
    }

    [Fact]
    public async Task S_7_a_task_of_before_that_such_a_run_made_is_shown_to_nobody()
    {
        await SaveAsync("VGR", Then("fore", Asking("CaseWorkflows.HumanTask", $"'{Text}'", "arendemottagare")));
        var caseId = await RegisterAsync(Text);
        var (reached, clean) = ((await Runtime.StartAsync(new StartWorkflow { DefinitionId = "fore", Region = "VGR" })).InstanceId, (await Runtime.StartAsync(new StartWorkflow { DefinitionId = "fore", Region = "VGR" })).InstanceId);
        await CountAsync("INSERT INTO instance_origin (instance_id, case_id) VALUES ($1, $2) RETURNING 1::bigint", reached, Guid.Parse(caseId));
        await CountAsync(await MigrationAsync("1014_given_and_swept.sql", "UPDATE task") + " RETURNING 1::bigint");

        var (hidden, shown) = (await TaskAsync(reached), await TaskAsync(clean));
        foreach (var user in new[] { "onk1.mott.a", "onk.vec", "admin", "revisor" })
        {
            using var client = await SignInAsync(user);
            foreach (var view in new[] { "mine", "available", "unit", "cover", "all" })
            {
                var list = await client.GetAsync($"/api/tasks?view={view}&limit=200");
                if (list.StatusCode != HttpStatusCode.Forbidden) (await list.Content.ReadAsStringAsync()).Should().NotContain(hidden.ToString(), $"{user} {view}");
            }

            (await client.GetAsync($"/api/tasks/{hidden}")).StatusCode.Should().Be(HttpStatusCode.NotFound, user);
            (await client.PostAsJsonAsync($"/api/tasks/{hidden}/complete", new { outcome = "Klar", fields = new { } })).StatusCode.Should().Be(HttpStatusCode.NotFound, user);
            (await client.PostAsJsonAsync($"/api/tasks/{hidden}/claim", new { })).StatusCode.Should().Be(HttpStatusCode.NotFound, user);
        }

        using var receiver = await SignInAsync("onk1.mott.a");
        (await receiver.GetStringAsync($"/api/tasks/{shown}")).Should().Contain(Text);
    }

    [Fact]
    public async Task S_10_what_a_sweep_found_is_told_only_to_those_who_may_know_of_the_units_cases()
    {
        await RegisterAsync(Text);
        var told = new (string Id, JsonObject Sweep, JsonObject Step, string? Expected)[]
        {
            ("mottagare", Sweeping("onk1"), Reviewing("arendemottagare", "onk1"), null),
            ("verksamheten", Sweeping("onk2"), Reviewing("arendemottagare", "onk1"), null),
            ("person", SweepingPerson("onk1.hant"), Reviewing("vardenhetschef", "onk1"), null),
            ("roll", Sweeping("onk1"), Reviewing("superanvandare", "onk1"), "Rollen ”Superanvändare” får inte se en enhets ärenden"),
            ("raknad-roll", Sweeping("onk1"), Reviewing("superanvandare", "onk1", worksOut: true), "Rollen ”Superanvändare” får inte se en enhets ärenden"),
            ("annan-enhet", Sweeping("onk1"), Reviewing("arendemottagare", "bup-a"), "gått igenom ärenden hos Onkologimottagning 1, men uppgiften ligger på BUP Exempel A"),
            ("annans-person", SweepingPerson("onk1.hant"), Reviewing("arendemottagare", "bup-a"), "uppgiften ligger på BUP Exempel A"),
            ("namngiven", Sweeping("onk1"), Naming("persons", "[\"onk.innehall\"]"), "får inte se ärenden på Onkologimottagning 1"),
            ("tilldelad", Sweeping("onk1"), Naming("assignee", "'onk.' + 'innehall'"), "får inte se ärenden på Onkologimottagning 1"),
        };
        foreach (var (id, sweep, step, expected) in told)
        {
            // At once; after a wait, when only the database knows of the sweep; by another run, to which the rows were sent; by a run that one begins.
            await SaveAsync("VGR", Then($"{id}-1", sweep, step));
            await SaveAsync("VGR", Then($"{id}-2", sweep, Routines.Event("vanta", "Fortsätt " + id), step));
            await SaveAsync("VGR", Then($"{id}-3", sweep, Sending(id)));
            await SaveAsync("VGR", Heard($"{id}-3b", step, starts: true, "Svepet " + id));
            await SaveAsync("VGR", Then($"{id}-4", sweep, Of("Elsa.ExecuteWorkflow", ("workflowDefinitionId", Routines.Literal($"{id}-4b")))));
            await SaveAsync("VGR", Then($"{id}-4b", step));
            foreach (var way in new[] { 1, 2, 3, 4 }) await Runtime.StartAsync(new StartWorkflow { DefinitionId = $"{id}-{way}", Region = "VGR" });
            await Runtime.PublishEventAsync(new PublishEvent { Name = "Fortsätt " + id, Region = "VGR" });
            foreach (var definition in new[] { $"{id}-1", $"{id}-2", $"{id}-3b", $"{id}-4b" })
            {
                var run = (await RunsAsync(definition)).Single();
                var incident = await IncidentAsync(run);
                if (expected is null) incident.Should().BeNull(definition);
                else incident.Should().Contain(expected, definition);
                (await CountAsync("SELECT count(*) FROM task WHERE instance_id = $1", run)).Should().Be(expected is null ? 1 : 0, definition);
            }
        }

        // A trial sweeps nothing but its own made-up case.
        var trial = await Runtime.StartAsync(new StartWorkflow { DefinitionId = "roll-1", Region = "VGR", Trial = true });
        (await IncidentAsync(trial.InstanceId)).Should().BeNull();

        using var owner = await SignInAsync("agare");
        var sent = await owner.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = Then("nekas", Sweeping("onk1"), Reviewing("superanvandare", "onk1")), ["publish"] = true });
        sent.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await sent.Content.ReadAsStringAsync()).Should().Contain("anger rollen ’superanvandare’ i ’Roller’, som inte får se en enhets ärenden");
    }

    private static JsonObject Of(string type, params (string Name, JsonObject Value)[] inputs)
    {
        var step = Routines.Step("steg", type);
        foreach (var (name, value) in inputs) step[name] = value;
        return step;
    }

    private static JsonObject Script(string script) => Routines.Expression("JavaScript", script);

    private static JsonObject Roles(string role) => Routines.Expression("Object", $"[\"{role}\"]");

    private static JsonObject Asking(string type, string words, string role)
    {
        var step = Of(type, ("title", Script(words)), ("instructions", Script(words)), ("roles", Roles(role)), ("unit", Routines.Literal("onk1")), ("outcomes", Routines.Expression("Object", "[\"Klar\"]")));
        if (type.EndsWith("Evidence", StringComparison.Ordinal)) step["system"] = Routines.Literal("Journalen");
        return step;
    }

    private static JsonObject Reviewing(string role, string unit, bool worksOut = false)
    {
        var step = Asking("CaseWorkflows.HumanTask", "'Gå igenom'", role);
        step["title"] = Routines.Literal("Gå igenom");
        step["unit"] = Routines.Literal(unit);
        if (worksOut) step["roles"] = Script($"['{role}']");
        return step;
    }

    private static JsonObject Naming(string input, string names)
    {
        var step = Reviewing("arendemottagare", "onk1");
        step.Remove("roles");
        step[input] = input == "persons" ? Routines.Expression("Object", names) : Script(names);
        return step;
    }

    private static JsonObject Sweeping(string unit)
    {
        var sweep = Of("CaseWorkflows.Sweep", ("kinds", Routines.Expression("Object", "[\"allaÖppna\"]")), ("unit", Routines.Literal(unit)), ("rows", (JsonObject)JsonNode.Parse(Variable)!));
        foreach (var name in new[] { "id", "name" }) sweep[name] = "svep";
        return sweep;
    }

    private static JsonObject SweepingPerson(string person)
    {
        var sweep = Sweeping("onk1");
        sweep.Remove("unit");
        sweep["person"] = Routines.Literal(person);
        return sweep;
    }

    private static JsonObject Sending(string id) => Of("Elsa.PublishEvent", ("eventName", Routines.Literal("Svepet " + id)), ("payload", Script("getX()")));

    private static JsonObject Sending(string id, string payload) =>
        Then(id, Of("Elsa.PublishEvent", ("eventName", Routines.Literal("Läckan")), ("payload", Script(payload))));

    /// <summary>Begun or woken by an event, whose payload is in X; then the step.</summary>
    private static JsonObject Heard(string id, JsonObject step, bool starts, string name = "Läckan")
    {
        var heard = Routines.Event("hor", name);
        heard["customProperties"]!["canStartWorkflow"] = starts;
        heard["result"] = JsonNode.Parse(Variable);
        return starts ? Then(id, [heard, step], start: false) : Then(id, heard, step);
    }

    private static JsonObject Then(string id, params JsonObject[] steps) => Then(id, steps, start: true);

    /// <summary>One after the other, by every way out.</summary>
    private static JsonObject Then(string id, JsonObject[] steps, bool start)
    {
        List<JsonObject> all = [.. start ? [Routines.Step("start", "Elsa.Start")] : Array.Empty<JsonObject>(), .. steps.Select(s => (JsonObject)s.DeepClone())];
        var arrows = all.Zip(all.Skip(1)).SelectMany(p => (p.First["type"]!.ToString() == "CaseWorkflows.Sweep" ? new[] { "Träffar", "Tom" } : ["Done"])
            .Select(port => (JsonNode)Routines.Arrow(p.First["id"]!.ToString(), port, p.Second["id"]!.ToString())));
        var model = Routines.Of(id, id, [.. all], [.. arrows]);
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Object" });
        return model;
    }

    private async Task<IReadOnlyList<Guid>> RunsAsync(string definition) =>
        [.. (await Instances.ListAsync(new InstanceFilter { DefinitionIds = [definition], Trial = null }, InstanceOrder.NewestFirst, 0, 5)).Items.Select(i => i.Id)];

    private async Task<Guid> TaskAsync(Guid run)
    {
        await using var command = Host.Database.DataSource.CreateCommand("SELECT id FROM task WHERE instance_id = $1");
        command.Parameters.Add(new() { Value = run });
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The statement of a migration that begins so.</summary>
    private static async Task<string> MigrationAsync(string file, string begins)
    {
        var assembly = typeof(TaskReader).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith(file, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return (await reader.ReadToEndAsync()).Split(';').Select(s => s.Trim()).Single(s => s.StartsWith(begins, StringComparison.Ordinal));
    }
}
