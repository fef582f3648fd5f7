using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>
/// What a version does that its writer alone has read is his to choose, to the second: of its runs for cases nobody is told more than that they began
/// who may not read what the run holds.
/// </summary>
public sealed class ReviewedTests : RealCases
{
    private static readonly string[] Bare = ["id", "definitionId", "definitionVersionId", "version", "incidentCount", "createdAt", "updatedAt", "correlationId", "name"];

    private static readonly string[] AsksForMore =
    [
        """{"statuses":["Running"]}""", """{"subStatuses":["Suspended"]}""", """{"hasIncidents":false}""", """{"hasIncidents":true}""", """{"status":"Finished"}""",
        """{"timestampFilters":[{"column":"UpdatedAt","operator":"GreaterThan","timestamp":"2000-01-01"}]}""",
        """{"timestampFilters":[{"column":"FinishedAt","operator":"GreaterThan","timestamp":"2000-01-01"}]}""",
        """{"orderBy":"LastExecuted"}""", """{"orderBy":"Finished"}""", """{"orderBy":"Name"}""", """{"searchTerm":"ensam"}""",
    ];

    [Fact]
    public async Task S_7_a_run_of_what_only_its_writer_has_read_is_a_run_that_began()
    {
        await SaveAsync("VGR", Routines.Of("ensam-barn", "Barn", [Routines.Step("start", "Elsa.Start"), Routines.Event("vantar", "Aldrig")], [Routines.Arrow("start", "Done", "vantar")]));
        await SaveAsync("VGR", Parent("ensam"), publisher: null);
        var caseId = await RegisterAsync("Hej");
        var own = await OwnRunAsync(caseId);
        var before = await SeenAsync("agare", $"workflow-instances/{own}");
        before["status"]!.GetValue<string>().Should().Be("Running", "what came with the product is followed");
        var run = await RunAsync(caseId, "ensam");
        var child = (await Instances.ListAsync(new InstanceFilter { ParentId = run }, InstanceOrder.NewestFirst, 0, 2)).Items.Single().Id;

        foreach (var user in new[] { "agare", "revisor" })
        {
            using var reader = await SignInAsync(user);
            var row = (await ListAsync(reader, """{"definitionId":"ensam"}""")).Should().ContainSingle(user).Subject;
            row.Select(p => p.Key).Should().BeSubsetOf(Bare, user);
            row["updatedAt"]!.ToString().Should().Be(row["createdAt"]!.ToString());
            row["name"]!.ToString().Should().Be("(hur körningen går visas inte)");
            row["incidentCount"]!.GetValue<int>().Should().Be(0);
            (await ListAsync(reader, """{"definitionId":"ensam-barn"}""")).Should().BeEmpty($"{user}: which routine it begins is its writer's choice too");
            foreach (var asked in AsksForMore)
            {
                var filter = JsonNode.Parse(asked)!.AsObject();
                filter["definitionIds"] = new JsonArray("ensam", "ensam-barn");
                (await ListAsync(reader, filter.ToJsonString())).Should().BeEmpty($"{user} asks {asked}");
            }

            // The same case's other runs may have been told what to do by this one.
            foreach (var id in new[] { run, own, child })
            {
                var detail = await SeenAsync(user, $"workflow-instances/{id}");
                foreach (var name in new[] { "status", "subStatus", "finishedAt" }) detail.ContainsKey(name).Should().BeFalse($"{user} reads {name} of {id}");
                detail["workflowState"]!["bookmarks"]!.AsArray().Should().BeEmpty();
                detail["workflowState"]!.AsObject().ContainsKey("status").Should().BeFalse();
                (await SeenAsync(user, $"workflow-instances/{id}/execution-state")).Select(p => p.Key).Should().Equal("updatedAt");
                (await SeenAsync(user, $"workflow-instances/{id}/journal"))["items"]!.AsArray().Should().BeEmpty();
            }
        }

        // Nor by the page of a run, by what may be ended, or by the case's own page.
        foreach (var user in new[] { "agare", "revisor" })
        {
            using var reader = await SignInAsync(user);
            (await reader.GetStringAsync($"/studio/workflows/instances/{run}/view")).Should().NotContain(child.ToString(), user);
            foreach (var asked in new[] { "ensam-barn", "finns-inte" })
            {
                var ended = await reader.PostAsJsonAsync("/elsa/api/bulk-actions/cancel/workflow-instances", new { definitionId = asked, versionOptions = "AllVersions" });
                ended.StatusCode.Should().Be(HttpStatusCode.OK, $"{user}: as of what does not run");
                (await ended.Content.ReadAsStringAsync()).Should().Be("""{"cancelled":0}""", user);
            }
        }

        using (var auditor = await SignInAsync("revisor"))
        {
            var runs = JsonNode.Parse(await auditor.GetStringAsync($"/api/cases/{caseId}"))!["workflowInstances"]!.AsArray();
            runs.Select(r => r!["id"]!.ToString()).Should().Contain(run.ToString()).And.NotContain(child.ToString());
            runs.Should().OnlyContain(r => r!["status"] == null);
        }

        using (var developer = await SignInAsync("utvecklare"))
        {
            (await ListAsync(developer, """{"definitionId":"ensam","statuses":["Running"]}""")).Should().ContainSingle("who may read what it holds is told");
            await SqlAsync("UPDATE cases SET flags = array_append(flags, 'Skyddad identitet') WHERE id = $1", Guid.Parse(caseId));
            (await ListAsync(developer, """{"definitionId":"ensam","statuses":["Running"]}""")).Should().BeEmpty("nobody through Studio, of a protected identity");
            (await ListAsync(developer, """{"definitionId":"ensam"}""")).Should().ContainSingle().Which.ContainsKey("status").Should().BeFalse();
        }

        // Another case, where it did not run, is followed as before.
        var other = await OwnRunAsync(await RegisterAsync("Hej"));
        (await SeenAsync("agare", $"workflow-instances/{other}"))["status"]!.GetValue<string>().Should().Be("Running");
    }

    [Fact]
    public async Task S_7_whether_an_unread_run_has_failed_is_not_told_in_its_row()
    {
        var fails = Routines.Step("fel", "Elsa.SetVariable");
        fails["variable"] = new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Object" };
        fails["value"] = Routines.Expression("JavaScript", "throw 'stopp'");
        var model = Routines.Of("ensam-fel", "Fel", [Routines.Step("start", "Elsa.Start"), fails], [Routines.Arrow("start", "Done", "fel")]);
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Object" });
        await SaveAsync("VGR", model, publisher: null);
        await RunAsync(await RegisterAsync("Hej"), "ensam-fel");
        using var developer = await SignInAsync("utvecklare");
        (await ListAsync(developer, """{"definitionId":"ensam-fel"}""")).Single()["incidentCount"]!.GetValue<int>().Should().Be(1);
        using var owner = await SignInAsync("agare");
        (await ListAsync(owner, """{"definitionId":"ensam-fel"}""")).Single()["incidentCount"]!.GetValue<int>().Should().Be(0);
    }

    [Fact]
    public async Task S_7_a_run_that_a_cases_unread_run_has_called_is_a_run_that_began()
    {
        var call = Routines.Step("ropa", "Elsa.PublishEvent");
        call["eventName"] = Routines.Literal("Hallå");
        var calls = Routines.Of("ropar", "Ropar", [Routines.Step("start", "Elsa.Start"), call], [Routines.Arrow("start", "Done", "ropa")]);
        await SaveAsync("VGR", calls, publisher: null);
        await SaveAsync("VGR", Routines.Of("hor-ensam", "Hör", [Routines.Step("start", "Elsa.Start"), Routines.Event("hor", "Hallå"), Routines.Event("sen", "Aldrig")], [Routines.Arrow("start", "Done", "hor"), Routines.Arrow("hor", "Done", "sen")]), publisher: null);
        await Runtime.StartAsync(new StartWorkflow { DefinitionId = "hor-ensam", Region = "VGR" });
        using var owner = await SignInAsync("agare");
        (await ListAsync(owner, """{"definitionId":"hor-ensam"}""")).Single()["status"]!.ToString().Should().Be("Running", "nothing of a case has reached it");
        await RunAsync(await RegisterAsync("Hej"), "ropar");
        (await ListAsync(owner, """{"definitionId":"hor-ensam"}""")).Single().ContainsKey("status").Should().BeFalse("it stays in the list, and from now on goes on as the case's run likes");
    }

    [Fact]
    public async Task S_7_what_two_have_read_is_not_followed_once_an_unread_run_has_called_it()
    {
        var waits = Routines.Of("vantar-last", "Väntar", [Routines.Step("start", "Elsa.Start"), Routines.Event("hor", "Klang"), Routines.Event("sen", "Aldrig")], [Routines.Arrow("start", "Done", "hor"), Routines.Arrow("hor", "Done", "sen")]);
        await SaveAsync("VGR", waits);
        foreach (var (caller, publisher, followed) in new[] { ("kallar-last", "granskare", true), ("kallar-ensam", (string?)null, false) })
        {
            var caseId = await RegisterAsync("Hej");
            var run = await RunAsync(caseId, "vantar-last");
            var call = Routines.Step("ropa", "Elsa.PublishEvent");
            call["eventName"] = Routines.Literal("Klang");
            call["correlationId"] = Routines.Literal(caseId);
            await SaveAsync("VGR", Routines.Of(caller, caller, [Routines.Step("start", "Elsa.Start"), call], [Routines.Arrow("start", "Done", "ropa")]), publisher);
            await Runtime.StartAsync(new StartWorkflow { DefinitionId = caller, Region = "VGR" });
            using (var developer = await SignInAsync("utvecklare"))
                (await developer.GetStringAsync($"/elsa/api/workflow-instances/{run}/journal")).Should().Contain("\"sen\"", "it was called");
            var journal = await SeenAsync("agare", $"workflow-instances/{run}/journal");
            (journal["items"]!.AsArray().Count > 0).Should().Be(followed, caller);
            (await SeenAsync("agare", $"workflow-instances/{run}")).ContainsKey("status").Should().Be(followed, caller);
        }
    }

    [Fact]
    public async Task S_7_an_answer_from_outside_does_not_ask_whether_a_protected_cases_run_waits()
    {
        var asks = Routines.Step("be", "Elsa.RunTask");
        asks["taskName"] = Routines.Literal("Ring");
        var model = Routines.Of("ber", "Ber", [Routines.Step("start", "Elsa.Start"), asks], [Routines.Arrow("start", "Done", "be")]);
        await SaveAsync("VGR", model, publisher: null);
        var caseId = await RegisterAsync("Hej");
        var run = await RunAsync(caseId, "ber");
        // The run's id and the step's number give it.
        var task = (await Instances.FindAsync(run))!.State.Bookmarks.Single().Key!;
        using var developer = await SignInAsync("utvecklare");
        (await AnswerAsync(task)).Status.Should().Be(HttpStatusCode.Forbidden, "of a run that he follows he hears why not");
        await SqlAsync("UPDATE cases SET flags = array_append(flags, 'Skyddad identitet') WHERE id = $1", Guid.Parse(caseId));
        var unknown = await AnswerAsync("0123456789abcdef");
        unknown.Status.Should().Be(HttpStatusCode.OK);
        (await AnswerAsync(task)).Should().Be(unknown, "as of what nobody waits for");
        (await Instances.FindAsync(run))!.State.Bookmarks.Should().ContainSingle("it waits for the system that was asked");
        await Runtime.CancelAsync(new CancelWorkflow { InstanceId = run });
        (await AnswerAsync(task)).Should().Be(unknown, "it waits no longer");

        async Task<(HttpStatusCode Status, string Text)> AnswerAsync(string id)
        {
            var answer = await developer.PostAsJsonAsync($"/elsa/api/tasks/{id}/complete", new { result = "ja" });
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task S_7_what_a_colleague_puts_back_is_still_its_writers()
    {
        var store = Host.Services.GetRequiredService<IDefinitionStore>();
        await WriteAsync("ond", "prov");
        await store.PublishAsync("ater", By("prov"), default);
        await WriteAsync("snäll", "prov");
        await store.PublishAsync("ater", By("annan"), default);
        (await store.FindAsync("ater", VersionOptions.Published, default))!.Version.Reviewed.Should().BeTrue();
        await store.RevertAsync("ater", 1, By("annan"), default);
        await store.PublishAsync("ater", By("annan"), default);
        (await store.ReviewAsync("ater", 3, By("prov"), default)).Should().BeFalse("he wrote it");
        (await store.ReviewAsync("ater", 3, By("tredje"), default)).Should().BeTrue();

        await store.RevertAsync("ater", 2, By("annan"), default);
        await store.PublishAsync("ater", By("annan"), default);
        (await store.FindAsync("ater", VersionOptions.Published, default))!.Version.Reviewed.Should().BeTrue("the same words have been read");

        // A kept save, put back by a colleague.
        await WriteAsync("ond igen", "prov");
        var kept = (await store.SavesAsync("ater", default))[0].Id;
        await WriteAsync("tom", "annan");
        await store.RestoreSaveAsync("ater", kept, By("annan"), default);
        (await store.FindAsync("ater", VersionOptions.Latest, default))!.Version.WrittenBy.Should().Contain("prov");

        Task WriteAsync(string text, string person) => store.SaveAsync(new SaveDraft
        {
            DefinitionId = "ater", Document = Routines.Of("ater", "Åter", [Routines.Step("start", "Elsa.Start"), Routines.WriteLine("rad", text)], [Routines.Arrow("start", "Done", "rad")]),
            Region = "VGR", Change = By(person), Force = true,
        }, default);

        static DefinitionChange By(string person) => new(person, person, DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task S_7_to_publish_from_a_list_is_not_to_have_read()
    {
        using var owner = await SignInAsync("agare");
        using var developer = await SignInAsync("utvecklare");
        var model = Routines.Of("ur-lista", "Ur lista", [Routines.Step("start", "Elsa.Start"), Routines.WriteLine("rad", "x")], [Routines.Arrow("start", "Done", "rad")]);
        (await owner.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = model })).StatusCode.Should().Be(HttpStatusCode.OK);
        (await developer.PostAsJsonAsync("/elsa/api/bulk-actions/publish/workflow-definitions/by-definition-ids", new { definitionIds = new[] { "ur-lista" } })).StatusCode.Should().Be(HttpStatusCode.OK);
        (await Host.Services.GetRequiredService<IDefinitionStore>().FindAsync("ur-lista", VersionOptions.Published, default))!.Version.Reviewed.Should().BeFalse();
    }

    [Fact]
    public async Task S_7_a_second_person_says_that_he_has_read_a_version_and_its_runs_are_followed()
    {
        using var owner = await SignInAsync("agare");
        using var developer = await SignInAsync("utvecklare");
        var model = Routines.Of("granskas", "Granskas", [Routines.Step("start", "Elsa.Start"), Routines.Event("vantar", "Aldrig")], [Routines.Arrow("start", "Done", "vantar")]);
        (await owner.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = true })).StatusCode.Should().Be(HttpStatusCode.OK);
        var caseId = await RegisterAsync("Hej");
        var run = await RunAsync(caseId, "granskas");
        (await SeenAsync("revisor", $"workflow-instances/{run}")).ContainsKey("status").Should().BeFalse();
        (await owner.GetStringAsync("/studio/workflows/definitions/granskas/versions")).Should().Contain("Läst av en").And.Contain("Jag har granskat version 1");

        var own = await ReviewAsync(owner, "granskas", 1);
        own.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await own.Content.ReadAsStringAsync()).Should().Contain("skrivit i den");
        (await SeenAsync("revisor", $"workflow-instances/{run}")).ContainsKey("status").Should().BeFalse();
        using (var auditor = await SignInAsync("revisor")) (await ReviewAsync(auditor, "granskas", 1)).StatusCode.Should().Be(HttpStatusCode.Forbidden, "who may not publish may not say so");

        (await ReviewAsync(developer, "granskas", 1)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await SeenAsync("revisor", $"workflow-instances/{run}"))["status"]!.GetValue<string>().Should().Be("Running");
        (await SeenAsync("agare", $"workflow-instances/{run}/journal"))["items"]!.AsArray().Should().NotBeEmpty();
        (await owner.GetStringAsync("/studio/workflows/definitions/granskas/versions")).Should().NotContain("Läst av en").And.Contain("Granskad");
        (await ReviewAsync(developer, "granskas", 7)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("writer saves, another publishes", true, "prov:save", "annan:publish")]
    [InlineData("writer publishes alone", false, "prov:save", "prov:publish")]
    [InlineData("a colleague's comma does not make it the colleague's", false, "prov:save", "annan:save", "prov:publish")]
    [InlineData("nor what was published unread before", false, "prov:save", "prov:publish", "annan:save", "prov:publish")]
    [InlineData("a third has read all of it", true, "prov:save", "prov:publish", "annan:save", "tredje:publish")]
    [InlineData("what has been read is nobody's any longer", true, "prov:save", "annan:publish", "annan:save", "prov:publish")]
    [InlineData("what the product brings", true, "system:save", "system:publish")]
    [InlineData("a file on top of a draft is the file", true, "prov:save", "system:save", "system:publish")]
    public async Task S_7_a_version_is_read_by_two_when_somebody_publishes_who_has_not_written_in_it(string what, bool reviewed, params string[] steps)
    {
        var store = Host.Services.GetRequiredService<IDefinitionStore>();
        var id = "led-" + Guid.NewGuid().ToString("N")[..8];
        for (var i = 0; i < steps.Length; i++)
        {
            var (person, does) = (steps[i].Split(':')[0], steps[i].Split(':')[1]);
            var change = new DefinitionChange(person, person, DateTimeOffset.UnixEpoch.AddMinutes(i));
            if (does == "save") await store.SaveAsync(new SaveDraft { DefinitionId = id, Document = Routines.Of(id, $"Led {i}", [Routines.Step("start", "Elsa.Start"), Routines.WriteLine("rad", $"{i}")], [Routines.Arrow("start", "Done", "rad")]), Region = "VGR", Change = change, Force = true }, default);
            else await store.PublishAsync(id, change, default);
        }

        (await store.FindAsync(id, VersionOptions.Published, default))!.Version.Reviewed.Should().Be(reviewed, what);
    }

    [Fact]
    public async Task S_7_what_an_absence_tells_a_routine_is_told_to_nobody_who_may_not_see_the_absence()
    {
        var heard = Routines.Event("hor", "Frånvaro registrerad");
        heard["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        await SaveAsync("VGR", Routines.Of("lyssnar", "Lyssnar", [heard, Routines.Event("vantar", "Aldrig")], [Routines.Arrow("hor", "Done", "vantar")]));
        using var head = await SignInAsync("onk.vec");
        (await head.PostAsJsonAsync("/api/absences", new { person = "onk1.hant", from = "2027-01-04", to = "2027-01-08", reason = "sjukdom" })).StatusCode
            .Should().Be(HttpStatusCode.Created);
        using var owner = await SignInAsync("agare");
        var row = (await ListAsync(owner, """{"definitionId":"lyssnar"}""")).Should().ContainSingle().Subject;
        row.Select(p => p.Key).Should().BeSubsetOf(Bare);
        (await SeenAsync("agare", $"workflow-instances/{row["id"]}/journal"))["items"]!.AsArray().Should().BeEmpty();
        var variables = await owner.GetAsync($"/elsa/api/workflow-instances/{row["id"]}/variables");
        (await variables.Content.ReadAsStringAsync()).Should().NotContain("sjukdom").And.NotContain("onk1.hant");
    }

    [Fact]
    public async Task S_7_what_stands_as_a_step_has_to_be_read_by_two_and_fixed_to_a_version()
    {
        var part = Routines.Of("del-ensam", "Del ensam", [Routines.Step("start", "Elsa.Start"), Routines.WriteLine("rad", "x")], [Routines.Arrow("start", "Done", "rad")]);
        part["options"] = new JsonObject { ["usableAsActivity"] = true };
        await SaveAsync("VGR", part, publisher: null);
        var store = Host.Services.GetRequiredService<IDefinitionStore>();
        var first = (await store.FindAsync("del-ensam", VersionOptions.Published, default))!.Version;
        (await WholeAsync("hel-1", first.Id)).Should().BeFalse("its part is not read by two");
        (await store.ReviewAsync("hel-1", 1, new DefinitionChange("tredje", "Tredje", DateTimeOffset.UnixEpoch), default)).Should().BeFalse();
        (await store.ReviewAsync("del-ensam", 1, new DefinitionChange("tredje", "Tredje", DateTimeOffset.UnixEpoch), default)).Should().BeTrue();
        (await store.ReviewAsync("hel-1", 1, new DefinitionChange("tredje", "Tredje", DateTimeOffset.UnixEpoch), default)).Should().BeTrue();
        (await WholeAsync("hel-2", first.Id)).Should().BeTrue();
        (await WholeAsync("hel-3", null)).Should().BeFalse("the part's next version would run without anybody's reading");

        async Task<bool> WholeAsync(string id, string? version)
        {
            var step = Routines.Step("delen", "DelEnsam");
            step["workflowDefinitionId"] = "del-ensam";
            if (version is not null) step["workflowDefinitionVersionId"] = version;
            await SaveAsync("VGR", Routines.Of(id, id, [Routines.Step("start", "Elsa.Start"), step], [Routines.Arrow("start", "Done", "delen")]));
            return (await store.FindAsync(id, VersionOptions.Published, default))!.Version.Reviewed;
        }
    }

    private static JsonObject Parent(string id)
    {
        var child = Routines.Step("barn", "Elsa.ExecuteWorkflow");
        child["workflowDefinitionId"] = Routines.Literal("ensam-barn");
        child["waitForCompletion"] = Routines.Literal("true");
        return Routines.Of(id, id, [Routines.Step("start", "Elsa.Start"), child], [Routines.Arrow("start", "Done", "barn")]);
    }

    private async Task<Guid> OwnRunAsync(string caseId) =>
        (await Instances.ListAsync(new InstanceFilter { CaseId = Guid.Parse(caseId) }, InstanceOrder.NewestFirst, 0, 10)).Items.Single(i => i.ParentId is null && i.DefinitionId == "onk-arende").Id;

    private async Task<JsonObject> SeenAsync(string user, string path)
    {
        using var client = await SignInAsync(user);
        return (await client.GetFromJsonAsync<JsonObject>($"/elsa/api/{path}"))!;
    }

    private static async Task<IReadOnlyList<JsonObject>> ListAsync(HttpClient client, string filter)
    {
        var answer = await client.PostAsync("/elsa/api/workflow-instances", new StringContent(filter, System.Text.Encoding.UTF8, "application/json"));
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var found = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var items = found["items"]!.AsArray().Select(i => i!.AsObject()).ToList();
        found["totalCount"]!.GetValue<int>().Should().Be(items.Count, filter);
        return items;
    }

    private static Task<HttpResponseMessage> ReviewAsync(HttpClient client, string id, int version) =>
        client.PostAsync($"/studio/workflows/definitions/{id}/review", new FormUrlEncodedContent(new Dictionary<string, string> { ["version"] = $"{version}" }));
}
