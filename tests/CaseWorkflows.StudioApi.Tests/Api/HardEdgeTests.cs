using System.Net;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>The places where Studio goes blank, breaks or repeats itself: what it gets here never takes it there.</summary>
public sealed class HardEdgeTests(StudioApiHost host) : IClassFixture<StudioApiHost>
{
    [Fact]
    public async Task An_unknown_activity_goes_out_as_a_placeholder_and_comes_back_untouched()
    {
        var client = host.As("anna", "window-unknown");
        var odd = JsonNode.Parse("""
            {"id":"x1","type":"Acme.DoesNotExist","version":4,"name":"Udda","zebra":{"b":1,"a":[1.50,"ä",null]},
             "metadata":{"designer":{"position":{"x":1,"y":2}}},"customProperties":{"canStartWorkflow":false},
             "inner":{"id":"y1","type":"Acme.Inner","version":1}}
            """)!.AsObject();
        var model = Routines.Of("okand-1", "Okänd", [Routines.Step("start", "Elsa.Start"), odd], [Routines.Arrow("start", "Done", "x1")]);
        (await client.SaveAsync(model)).Status.Should().Be(HttpStatusCode.OK);

        var opened = await client.OpenAsync("okand-1");
        var placeholder = opened["root"]!["activities"]![1]!.AsObject();
        placeholder["type"]!.GetValue<string>().Should().Be("Elsa.NotFoundActivity");
        placeholder["version"]!.GetValue<int>().Should().Be(1);
        placeholder["missingTypeName"]!.GetValue<string>().Should().Be("Acme.DoesNotExist");
        placeholder["missingTypeVersion"]!.GetValue<int>().Should().Be(4);
        placeholder["nodeId"]!.GetValue<string>().Should().Be("Workflow1:flow:x1");

        // Saved as opened, and saved once more after the placeholder was moved.
        await client.SaveAsync(opened);
        (await StoredAsync("okand-1"))["root"]!["activities"]![1]!.ToJsonString().Should().Be(odd.ToJsonString());
        placeholder["metadata"]!["designer"]!["position"]!["x"] = 77;
        await client.SaveAsync(opened);
        var moved = odd.DeepClone();
        moved["metadata"]!["designer"]!["position"]!["x"] = 77;
        JsonNode.DeepEquals((await StoredAsync("okand-1"))["root"]!["activities"]![1], moved).Should().BeTrue();
    }

    [Theory]
    [InlineData("Elsa.WriteLine", 99)]
    [InlineData("elsa.writeline", 1)]
    public async Task An_unknown_version_or_case_is_a_placeholder_too(string type, int version)
    {
        var client = host.As("anna");
        var id = $"fel-{type}-{version}";
        await client.SaveAsync(Routines.Of(id, id, [Routines.Step("a", type, version)], []));
        (await client.OpenAsync(id))["root"]!["activities"]![0]!["type"]!.GetValue<string>().Should().Be("Elsa.NotFoundActivity");
    }

    [Fact]
    public async Task A_missing_version_becomes_the_newest()
    {
        var client = host.As("anna");
        var step = Routines.WriteLine("a", "x");
        step.Remove("version");
        await client.SaveAsync(Routines.Of("utan-version", "Utan version", [step], []));
        (await client.OpenAsync("utan-version"))["root"]!["activities"]![0]!["version"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task A_dangling_connection_goes_out_aside_and_is_not_lost()
    {
        var client = host.As("anna", "window-loose");
        var model = Routines.Line("los-1", "Lös");
        model["root"]!["connections"]!.AsArray().Add(Routines.Arrow("line1", "Done", "finns-inte"));
        await client.SaveAsync(model);
        var opened = await client.OpenAsync("los-1");
        opened["root"]!["connections"]!.AsArray().Should().HaveCount(3);
        opened["root"]!["customProperties"]!["notFoundConnections"]!.AsArray().Should().HaveCount(1);
        await client.SaveAsync(opened);
        (await StoredAsync("los-1"))["root"]!["connections"]!.AsArray().Should().HaveCount(4);
    }

    [Fact]
    public async Task Nulls_that_stop_Studio_never_go_out()
    {
        var client = host.As("anna");
        var file = JsonNode.Parse("""
            {"definitionId":"nollor","name":"Nollor","toolVersion":"3.8.2-preview","options":null,"customProperties":null,"variables":null,"inputs":null,"outputs":null,"outcomes":null,
             "root":{"id":"f","type":"Elsa.Flowchart","version":1,"metadata":null,"activities":[{"id":"a","type":"Elsa.Start","version":1,"metadata":null,"customProperties":null},{"id":"b","type":"Elsa.End","version":1}],
             "connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"},"vertices":null}]}}
            """)!.AsObject();
        (await client.PostAsync("workflow-definitions/import", file)).Status.Should().Be(HttpStatusCode.OK);
        var opened = await client.OpenAsync("nollor");
        opened["options"].Should().BeOfType<JsonObject>();
        opened["customProperties"].Should().BeOfType<JsonObject>();
        opened.ContainsKey("toolVersion").Should().BeFalse("Studio reads only dotted numbers");
        opened["root"]!["connections"]![0]!["vertices"].Should().BeOfType<JsonArray>();
        opened["root"]!["activities"]![0]!["metadata"].Should().BeOfType<JsonObject>();
        foreach (var activity in DefinitionDocument.Activities(opened)) activity.Json["nodeId"].Should().NotBeNull();
    }

    [Fact]
    public async Task An_outcome_written_twice_goes_out_once_and_is_not_published()
    {
        var client = host.As("anna");
        var fork = Routines.Step("fork", "Elsa.FlowFork").Named("Dela");
        fork["branches"] = new JsonObject { ["typeName"] = "List<String>", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = "[\"A\",\"B\",\"A\"]" } };
        var choice = Routines.Step("val", "Elsa.FlowSwitch");
        choice["cases"] = new JsonArray(new JsonObject { ["label"] = "Hög" }, new JsonObject { ["label"] = "Hög" }, new JsonObject { ["label"] = "Default" });
        var model = Routines.Of("dubbel-1", "Dubbel", [fork, choice], [Routines.Arrow("fork", "A", "val"), Routines.Arrow("fork", "B", "val")]);
        (await client.SaveAsync(model)).Status.Should().Be(HttpStatusCode.OK);
        var opened = await client.OpenAsync("dubbel-1");
        opened["root"]!["activities"]![0]!["branches"]!["expression"]!["value"]!.GetValue<string>().Should().Be("[\"A\",\"B\"]");
        opened["root"]!["activities"]![1]!["cases"]!.AsArray().Select(c => c!["label"]!.GetValue<string>()).Should().Equal("Hög", "Hög (2)", "Default (2)");
        (await client.SaveAsync(model, publish: true)).Errors.Should().Contain(e => e.Contains("’Dela’ har utfallet ’A’ två gånger"));
    }

    [Fact]
    public async Task Every_descriptor_is_there_once_and_complete()
    {
        var items = (await host.As("anna").GetAsync("descriptors/activities?Refresh=True")).Json["items"]!.AsArray();
        items.Select(i => (i!["typeName"]!.GetValue<string>(), i["version"]!.GetValue<int>())).Should().OnlyHaveUniqueItems();
        items.Select(i => i!["typeName"]!.GetValue<string>()).Should().Contain(["Elsa.NotFoundActivity", "Elsa.Flowchart", "Elsa.Workflow", "Elsa.WriteLine"]);
        foreach (var item in items)
        {
            foreach (var name in new[] { "inputs", "outputs", "ports" }) item![name].Should().BeOfType<JsonArray>(name);
            foreach (var name in new[] { "customProperties", "constructionProperties" }) item![name].Should().BeOfType<JsonObject>(name);
            item!["category"]!.GetValue<string>().Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task Small_lists_are_never_empty_where_that_stops_Studio_and_have_no_doubles()
    {
        var client = host.As("anna");
        (await ItemsAsync(client, "descriptors/expression-descriptors")).Select(i => i["type"]!.GetValue<string>()).Should().OnlyHaveUniqueItems().And.StartWith("JavaScript").And.Contain("Variable");
        (await ItemsAsync(client, "descriptors/storage-drivers")).Select(i => i["typeName"]!.GetValue<string>()).Should().OnlyHaveUniqueItems().And.NotBeEmpty();
        foreach (var path in new[] { "descriptors/variables", "descriptors/workflow-activation-strategies", "descriptors/incident-strategies", "descriptors/log-persistence-strategies", "descriptors/commit-strategies/workflows", "descriptors/commit-strategies/activities", "features/installed" })
            (await ItemsAsync(client, path)).Should().NotBeEmpty(path);
    }

    [Fact]
    public async Task Nothing_that_a_person_can_send_gives_a_5xx()
    {
        var client = host.As("anna");
        foreach (var (method, path, body) in new[]
                 {
                     ("POST", "workflow-definitions", "nonsens"), ("POST", "workflow-definitions/import", "{"), ("POST", "workflow-definitions/import", "{}"),
                     ("POST", "workflow-definitions/finns-inte/publish", "{}"), ("POST", "workflow-definitions/finns-inte/execute", "{}"),
                     ("GET", "workflow-definitions/by-definition-id/x?versionOptions=Konstigt", ""), ("GET", "workflow-definitions?Page=-1&PageSize=abc", ""),
                     ("GET", "workflow-instances/inte-ett-id", ""), ("POST", "workflow-instances", """{"status":"Konstig","timestampFilters":[{"column":"X"}]}"""),
                     ("POST", "workflow-instances/inte-ett-id/journal", "{}"), ("POST", "activity-executions/report", "{}"), ("GET", "activity-executions/list", ""),
                     ("GET", "activity-executions/abc/call-stack", ""), ("POST", "tests/activities", "{}"), ("POST", "bulk-actions/cancel/workflow-instances", "{}"),
                     ("GET", "workflow-definitions/subgraph/x?parentNodeId=y", ""), ("POST", "descriptors/activities/X/options/Y", "{}"), ("POST", "workflow-definitions/x/revert/1", ""),
                     ("DELETE", "workflow-definition-versions/x", ""), ("POST", "bulk-actions/export/workflow-definitions", """{"ids":null}"""),
                     ("POST", "events/Inget/trigger", "{}"), ("POST", "workflow-definitions/x/saves/1/restore", "{}"),
                 })
        {
            var answer = await client.SendAsync(method, path, raw: method == "GET" ? null : body);
            ((int)answer.Status).Should().BeLessThan(500, $"{method} {path}: {answer.Text}");
        }
    }

    private async Task<JsonObject> StoredAsync(string definitionId) =>
        (await host.Services.GetRequiredService<IDefinitionStore>().FindAsync(definitionId, VersionOptions.Latest, default))!.ToObject();

    private static async Task<List<JsonNode>> ItemsAsync(StudioClient client, string path) => (await client.GetAsync(path)).Json["items"]!.AsArray().Select(i => i!).ToList();
}
