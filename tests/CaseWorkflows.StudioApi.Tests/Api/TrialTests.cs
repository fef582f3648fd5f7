using System.Net;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>What is started from the editor, and how it is seen.</summary>
public sealed class TrialTests(StudioApiHost host) : IClassFixture<StudioApiHost>
{
    [Fact]
    public async Task Running_from_the_editor_is_a_trial_of_the_draft_that_no_list_counts()
    {
        var client = host.As("utvecklare");
        await client.SaveAsync(Waiting("prov-1", "Prov"));
        var run = await client.PostAsync("workflow-definitions/prov-1/execute", new JsonObject { ["versionOptions"] = "Latest", ["input"] = new JsonObject() });
        run.Headers["x-elsa-workflow-cannot-start"].Should().Be("False");
        var id = run.Headers["x-elsa-workflow-instance-id"];
        var instance = (await client.GetAsync($"workflow-instances/{id}")).Json;
        instance["subStatus"]!.GetValue<string>().Should().Be("Suspended");
        (await host.Services.GetRequiredService<IInstanceReader>().FindAsync(Guid.Parse(id)))!.Summary.Trial.Should().BeTrue();
        var list = (await client.PostAsync("workflow-instances", new JsonObject { ["definitionId"] = "prov-1" })).Json;
        list["totalCount"]!.GetValue<int>().Should().Be(0);
    }

    [Fact]
    public async Task The_viewer_shows_a_trial_on_the_draft_as_it_was()
    {
        var client = host.As("utvecklare");
        await client.SaveAsync(Waiting("prov-2", "Prov 2"));
        var id = (await client.PostAsync("workflow-definitions/prov-2/execute")).Headers["x-elsa-workflow-instance-id"];
        await client.SaveAsync(Routines.Line("prov-2", "Prov 2", lines: 5));
        var versionId = (await client.GetAsync($"workflow-instances/{id}")).Json["definitionVersionId"]!.GetValue<string>();
        var picture = await client.GetAsync($"workflow-definitions/by-id/{versionId}");
        picture.Text.Should().Contain("vanta").And.NotContain("line5");
        // The instance list looks versions up by id and hides instances whose version it does not get.
        (await client.GetAsync($"workflow-definitions?versionOptions=&Ids={versionId}")).Json["items"]!.AsArray().Should().ContainSingle();
        (await client.GetAsync("workflow-definitions?versionOptions=AllVersions&DefinitionIds=prov-2")).Json["totalCount"]!.GetValue<int>().Should().Be(1);
        await host.Services.GetRequiredService<IWorkflowRuntime>().PublishEventAsync(new PublishEvent { Name = "klart", InstanceId = Guid.Parse(id) });
        (await client.GetAsync($"workflow-instances/{id}")).Json["status"]!.GetValue<string>().Should().Be("Finished");
    }

    [Fact]
    public async Task A_routine_that_uses_a_routine_as_a_step_runs_on_the_nodes_of_its_picture()
    {
        var client = host.As("utvecklare");
        var used = Routines.Line("delad-1", "Delad");
        used["options"] = new JsonObject { ["usableAsActivity"] = true };
        await client.SaveAsync(used, publish: true);
        var descriptor = (await client.GetAsync("descriptors/activities")).Json["items"]!.AsArray().Single(a => (string?)a!["displayName"] == "Delad")!;
        var step = Routines.Step("delen", (string)descriptor["typeName"]!);
        foreach (var (name, value) in descriptor["constructionProperties"]!.AsObject()) step[name] = value?.DeepClone();
        await client.SaveAsync(Routines.Of("anvander-1", "Använder", [Routines.Step("start", "Elsa.Start"), step], [Routines.Arrow("start", "Done", "delen")]));

        var id = (await client.PostAsync("workflow-definitions/anvander-1/execute")).Headers["x-elsa-workflow-instance-id"];

        var drawn = (await client.OpenAsync("anvander-1"))["root"]!["activities"]!.AsArray().Select(a => a!["nodeId"]!.GetValue<string>()).ToList();
        drawn.Should().Equal("Workflow2:flow:start", "Workflow2:flow:delen");
        var ran = (await client.PostAsync($"workflow-instances/{id}/journal?skip=0&take=110", new JsonObject())).Json["items"]!.AsArray().Select(e => e!["nodeId"]!.GetValue<string>()).ToList();
        ran.Should().Contain(drawn);
        var versionId = (await client.GetAsync($"workflow-instances/{id}")).Json["definitionVersionId"]!.GetValue<string>();
        var inside = (await client.GetAsync($"workflow-definitions/subgraph/{versionId}?parentNodeId=Workflow2:flow:delen")).Text;
        ran.Where(n => n.StartsWith("Workflow2:flow:delen:", StringComparison.Ordinal)).Should().NotBeEmpty().And.OnlyContain(n => inside.Contains($"\"{n}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Running_instances_stay_on_their_version()
    {
        var automation = host.As("automatik");
        await automation.SaveAsync(Waiting("version-1", "Version"), publish: true);
        var id = (await automation.PostAsync("workflow-definitions/version-1/dispatch")).Json["workflowInstanceId"]!.GetValue<string>();
        await automation.SaveAsync(Routines.Line("version-1", "Version", lines: 5), publish: true);
        var instance = (await automation.GetAsync($"workflow-instances/{id}")).Json;
        instance["version"]!.GetValue<int>().Should().Be(1);
        (await automation.PostAsync("workflow-definitions/version-1/dispatch")).Status.Should().Be(HttpStatusCode.OK);
        var page = (await automation.PostAsync("workflow-instances", new JsonObject { ["definitionId"] = "version-1", ["orderBy"] = "Created", ["orderDirection"] = "Ascending" })).Json;
        page["items"]!.AsArray().Select(i => i!["version"]!.GetValue<int>()).Should().Equal(1, 2);
    }

    [Fact]
    public async Task Journal_executions_and_report_agree_and_have_the_nodes_of_the_picture()
    {
        var client = host.As("utvecklare");
        await client.SaveAsync(Waiting("prov-3", "Prov 3"));
        var id = (await client.PostAsync("workflow-definitions/prov-3/execute")).Headers["x-elsa-workflow-instance-id"];
        var journal = (await client.PostAsync($"workflow-instances/{id}/journal?skip=0&take=110", new JsonObject { ["filter"] = new JsonObject { ["excludedActivityTypes"] = new JsonArray("Elsa.Workflow", "Elsa.Flowchart") } })).Json;
        journal["items"]!.AsArray().Select(e => e!["nodeId"]!.GetValue<string>()).Distinct().Should().Equal("Workflow1:flow:start", "Workflow1:flow:vanta");
        journal["totalCount"]!.GetValue<int>().Should().Be(4);
        (await client.PostAsync($"workflow-instances/{id}/journal?skip=1&take=2", new JsonObject())).Json["items"]!.AsArray().Should().HaveCount(2);

        var stats = (await client.PostAsync("activity-executions/report", new JsonObject { ["workflowInstanceId"] = id, ["activityNodeIds"] = new JsonArray() })).Json["stats"]!.AsArray();
        stats.Select(s => s!["activityNodeId"]!.GetValue<string>()).Should().OnlyHaveUniqueItems();
        var waiting = stats.First(s => s!["activityId"]!.GetValue<string>() == "vanta")!;
        waiting["isBlocked"]!.GetValue<bool>().Should().BeTrue();
        waiting["uncompletedCount"]!.GetValue<int>().Should().Be(1);

        var executions = (await client.GetAsync($"activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1:flow:vanta")).Json["items"]!.AsArray();
        var execution = executions.Single()!;
        execution["activityState"]!["EventName"]!.GetValue<string>().Should().Be("klart");
        execution["status"]!.GetValue<string>().Should().Be("Running");
        (await client.GetAsync($"activity-executions/by-id?id={execution["id"]}")).Json["activityNodeId"]!.GetValue<string>().Should().Be("Workflow1:flow:vanta");
        (await client.GetAsync($"activity-executions/{execution["id"]}/call-stack?includeCrossWorkflowChain=True")).Json["items"]!.AsArray().Should().HaveCount(3);
    }

    [Fact]
    public async Task Trials_end_by_cancelling_and_staff_instances_are_never_deleted_by_hand()
    {
        var client = host.As("utvecklare");
        await client.SaveAsync(Waiting("prov-4", "Prov 4"));
        var id = (await client.PostAsync("workflow-definitions/prov-4/execute")).Headers["x-elsa-workflow-instance-id"];
        (await client.SendAsync("POST", $"cancel/workflow-instances/{id}")).Status.Should().Be(HttpStatusCode.OK);
        (await client.GetAsync($"workflow-instances/{id}")).Json["subStatus"]!.GetValue<string>().Should().Be("Cancelled");
        (await host.As("revisor").SendAsync("POST", $"cancel/workflow-instances/{id}")).Status.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task One_step_can_be_tried_by_itself()
    {
        var client = host.As("utvecklare");
        var saved = (await client.SaveAsync(Routines.Line("steg-1", "Steg"))).Definition;
        var answer = (await client.PostAsync("tests/activities", new JsonObject
        {
            ["workflowDefinitionHandle"] = new JsonObject { ["definitionVersionId"] = saved["id"]!.GetValue<string>() },
            ["activityHandle"] = new JsonObject { ["activityNodeId"] = "Workflow1:flow:line1" },
        })).Json;
        answer["status"]!.GetValue<string>().Should().Be("Completed");
        answer["activityState"]!["Text"]!.GetValue<string>().Should().Be("rad 1");
    }

    [Theory]
    [InlineData("var a=[]; a[0]=a; ''+a", "Completed")]
    [InlineData("JSON.parse('['.repeat(Math.pow(2,18)))")]
    [InlineData("eval('['.repeat(Math.pow(2,18)))")]
    [InlineData("var o={get x(){return this.x}}; o.x")]
    [InlineData("var b='x';for(var i=0;i<13;i++)b+=b; new Array(10000).join(b)")]
    public async Task S_1_S_13_a_script_that_is_tried_ends_only_itself(string script, string outcome = "Faulted")
    {
        var client = host.As("utvecklare");
        var step = Routines.Step("satt", "Elsa.SetVariable");
        step["variable"] = new JsonObject { ["id"] = "v1", ["name"] = "V1", ["typeName"] = "Object" };
        step["value"] = Routines.Expression("JavaScript", script);
        var model = Routines.Of("skript-1", "Skript", [Routines.Step("start", "Elsa.Start"), step], [Routines.Arrow("start", "Done", "satt")]);
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "v1", ["name"] = "V1", ["typeName"] = "Object" });
        var saved = (await client.SaveAsync(model)).Definition;
        var tried = await client.PostAsync("tests/activities", new JsonObject
        {
            ["workflowDefinitionHandle"] = new JsonObject { ["definitionVersionId"] = saved["id"]!.GetValue<string>() }, ["activityHandle"] = new JsonObject { ["activityId"] = "satt" },
        });
        tried.Status.Should().Be(HttpStatusCode.OK, tried.Text);
        tried.Json["status"]!.GetValue<string>().Should().Be(outcome);
        var run = await client.PostAsync("workflow-definitions/skript-1/execute");
        (await client.GetAsync($"workflow-instances/{run.Headers["x-elsa-workflow-instance-id"]}")).Json["subStatus"]!.GetValue<string>().Should().Be(outcome == "Faulted" ? outcome : "Finished");
    }

    [Theory]
    [InlineData("Elsa.SetName", "value")]
    [InlineData("Elsa.Correlate", "correlationId")]
    [InlineData("Elsa.Fault", "message")]
    public async Task F_1_half_an_emoji_from_a_script_is_kept_or_an_incident(string type, string input)
    {
        var client = host.As("utvecklare");
        foreach (var script in new[] { "\"aaaa\\ud83d\\ude00bbb\".substring(0,5)", "\"a\\u0000b\"" })
        {
            var step = Routines.Step("steg", type);
            step[input] = Routines.Expression("JavaScript", script);
            await client.SaveAsync(Routines.Of("halv", "Halv", [Routines.Step("start", "Elsa.Start"), step], [Routines.Arrow("start", "Done", "steg")]));
            var run = await client.PostAsync("workflow-definitions/halv/execute");
            run.Status.Should().Be(HttpStatusCode.OK, run.Text);
            var instance = await client.GetAsync($"workflow-instances/{run.Headers["x-elsa-workflow-instance-id"]}");
            instance.Json["subStatus"]!.GetValue<string>().Should().Be(type == "Elsa.Fault" ? "Faulted" : "Finished");
            instance.Text.Should().Contain("\uFFFD");
        }
    }

    [Fact]
    public async Task F_10_a_loop_without_time_is_answered_and_has_an_incident()
    {
        var client = host.As("utvecklare");
        var loop = Routines.Step("igen", "Elsa.While");
        loop["condition"] = Routines.Expression("JavaScript", "true");
        var wait = Routines.Step("ingen", "Elsa.Delay");
        wait["timeSpan"] = Routines.Literal("00:00:00");
        loop["body"] = wait;
        var round = Routines.Of("varv", "Varv", [Routines.Step("start", "Elsa.Start"), loop], [Routines.Arrow("start", "Done", "igen")]);
        var back = Routines.Of("varv", "Varv", [Routines.Step("start", "Elsa.Start"), (JsonObject)wait.DeepClone(), Routines.WriteLine("rad", "x")],
            [Routines.Arrow("start", "Done", "ingen"), Routines.Arrow("ingen", "Done", "rad"), Routines.Arrow("rad", "Done", "ingen")]);
        foreach (var model in new[] { round, back })
        {
            await client.SaveAsync(model);
            var run = await client.PostAsync("workflow-definitions/varv/execute").WaitAsync(TimeSpan.FromSeconds(60));
            run.Status.Should().Be(HttpStatusCode.OK, run.Text);
            var id = Guid.Parse(run.Headers["x-elsa-workflow-instance-id"]);
            (await host.Services.GetRequiredService<IInstanceReader>().IncidentsAsync(id, true)).Should().ContainSingle().Which.Message.Should().Contain("utan att någon tid gick");
        }
    }

    [Fact]
    public async Task What_cannot_be_published_says_why_and_is_kept_as_a_draft()
    {
        var client = host.As("anna");
        var model = Routines.Line("grind-1", "Grind");
        model["root"]!["activities"]!.AsArray().Add(Routines.WriteLine("ensam", "x").Named("Ensam"));
        var refused = await client.SaveAsync(model, publish: true);
        refused.Status.Should().Be(HttpStatusCode.BadRequest);
        refused.Errors.Should().Contain(e => e.Contains("’Ensam’"));
        refused.Headers.Should().ContainKey("X-Draft-Revision");
        var kept = await client.OpenAsync("grind-1");
        kept["isPublished"]!.GetValue<bool>().Should().BeFalse();
        var findings = (await client.GetAsync("workflow-definitions/grind-1/findings")).Json["items"]!.AsArray();
        findings.Single()!["nodeId"]!.GetValue<string>().Should().Be("Workflow1:flow:ensam");
        var bulk = (await client.PostAsync("bulk-actions/publish/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray("grind-1", "finns-inte") })).Json;
        bulk["skipped"]!.AsArray().Should().ContainSingle();
        bulk["notFound"]!.AsArray().Should().ContainSingle();
    }

    private static JsonObject Waiting(string id, string name) => Routines.Of(id, name,
        [Routines.Step("start", "Elsa.Start"), Routines.Event("vanta", "klart"), Routines.Step("end", "Elsa.End")],
        [Routines.Arrow("start", "Done", "vanta"), Routines.Arrow("vanta", "Done", "end")]);
}
