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
