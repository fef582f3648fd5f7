using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>Definitions whose parts are of the wrong kind, at every place and depth, by every way in.</summary>
public sealed class BodyKindTests(StudioApiHost host) : IClassFixture<StudioApiHost>
{
    private const string Whole = """
        { "definitionId": "slag", "name": "Slag", "description": "Prov", "version": 1, "toolVersion": "3.8.2.0", "isLatest": true, "isPublished": false,
          "variables": [ { "id": "v1", "name": "V1", "typeName": "String", "isArray": false, "value": "a" } ],
          "inputs": [ { "name": "In1", "type": "String", "displayName": "In", "isArray": false } ],
          "outputs": [ { "name": "Ut1", "type": "String" } ], "outcomes": [ "Klar" ], "options": { "autoUpdateConsumingWorkflows": false }, "customProperties": { "flowMode": "Token" },
          "root": { "id": "flow", "type": "Elsa.Flowchart", "version": 1, "name": "Flöde", "metadata": {}, "customProperties": { "notFoundConnections": [] }, "variables": [],
            "activities": [
              { "id": "start", "type": "Elsa.Start", "version": 1, "name": "Start", "customProperties": { "canStartWorkflow": false },
                "metadata": { "displayText": "Start", "designer": { "position": { "x": 1, "y": 2 }, "size": { "width": 3, "height": 4 } } } },
              { "id": "om", "type": "Elsa.If", "version": 1, "name": "Om", "condition": { "typeName": "Boolean", "expression": { "type": "Literal", "value": "true" } },
                "then": { "id": "rad", "type": "Elsa.WriteLine", "version": 1, "name": "Rad", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "Hej" } } } },
              { "id": "dela", "type": "Elsa.FlowFork", "version": 1, "name": "Dela", "branches": { "typeName": "List<String>", "expression": { "type": "Object", "value": "[\"A\"]" } } } ],
            "connections": [ { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "om", "port": "In" }, "vertices": [ { "x": 1, "y": 2 } ] },
              { "source": { "activity": "om", "port": "Done" }, "target": { "activity": "dela", "port": "In" }, "vertices": [] } ] } }
        """;

    private static readonly string[] Kinds = ["null", "\"x\"", "7", "true", "[]", "{}", "[null]", "[[]]", "[7]", "{\"a\":null}", "\"\"", "1e300"];

    [Fact]
    public async Task F_2_no_kind_of_anything_in_a_definition_makes_the_API_fail()
    {
        var client = host.As("anna");
        var refused = 0;
        var places = Places((JsonObject)JsonNode.Parse(Whole)!, []).ToList();
        places.Should().HaveCountGreaterThan(80);
        for (var i = 0; i < places.Count * Kinds.Length; i++)
        {
            var (place, kind) = (places[i / Kinds.Length], Kinds[i % Kinds.Length]);
            var model = (JsonObject)JsonNode.Parse(Whole)!;
            var id = $"slag-{i.ToString(CultureInfo.InvariantCulture)}";
            model["definitionId"] = id;
            if (place is ["definitionId"] or ["id"]) id = "slag";
            Put(model, place, JsonNode.Parse(kind));
            // Every way in takes its turn; what came in is then read in every way.
            var answer = (i % 4) switch
            {
                0 => await client.PostAsync("workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = i % 8 == 0 }),
                1 => await client.PostAsync("workflow-definitions/import/preview", model),
                2 => await client.PostAsync("workflow-definitions/import", model),
                _ => await client.SendAsync("PUT", $"workflow-definitions/{id}/import", model),
            };
            var where = $"{string.Join('.', place)} = {kind}";
            ((int)answer.Status).Should().BeLessThan(500, $"{where}: {answer.Text}");
            if (answer.Status == HttpStatusCode.BadRequest)
            {
                refused++;
                answer.Text.Should().Contain("errors", where);
            }

            if (answer.Status != HttpStatusCode.OK || i % 4 == 1) continue;
            foreach (var read in new[]
                     {
                         $"workflow-definitions/by-definition-id/{id}?versionOptions=Latest", $"workflow-definitions/{id}/findings", $"workflow-definitions/subgraph/{id}?parentNodeId=Workflow1:flow",
                         $"/studio/workflows/definitions/{id}/compare",
                     }.Skip(i % 2).Take(2))
                ((int)(await client.GetAsync(read)).Status).Should().BeLessThan(500, $"{where}: {read}");
        }

        refused.Should().BeGreaterThan(300);
    }

    [Theory]
    [InlineData("root.activities[1].then.metadata", "7")]
    [InlineData("root.activities[0].metadata.designer.position.x", "\"x\"")]
    [InlineData("root.activities[1]", "null")]
    [InlineData("root.activities", "{}")]
    [InlineData("root.connections[0].source", "[]")]
    [InlineData("root.connections[0].target.activity", "7")]
    [InlineData("root.connections[1]", "null")]
    [InlineData("root.connections[0].vertices[0]", "null")]
    [InlineData("root.activities[2].customProperties", "\"x\"")]
    [InlineData("root.customProperties.notFoundConnections", "[null]")]
    [InlineData("variables", "\"x\"")]
    [InlineData("variables[0]", "null")]
    [InlineData("variables[0].name", "{}")]
    [InlineData("inputs[0].type", "[]")]
    [InlineData("outputs[0]", "7")]
    [InlineData("outcomes[0]", "{}")]
    [InlineData("options", "[]")]
    [InlineData("customProperties", "true")]
    [InlineData("name", "[]")]
    public async Task F_2_what_is_of_the_wrong_kind_is_named(string path, string kind)
    {
        var client = host.As("anna");
        var place = path.Split('.').SelectMany(p => p.Split('[').Select(x => x.TrimEnd(']'))).Select(p => int.TryParse(p, out var i) ? (object)i : p).ToArray();
        foreach (var way in new[] { "workflow-definitions", "workflow-definitions/import", "workflow-definitions/import/preview" })
        {
            var model = (JsonObject)JsonNode.Parse(Whole)!;
            Put(model, place, JsonNode.Parse(kind));
            var answer = await client.PostAsync(way, way == "workflow-definitions" ? new JsonObject { ["model"] = model } : model);
            answer.Status.Should().Be(HttpStatusCode.BadRequest, $"{way}: {answer.Text}");
            answer.Errors.Should().Contain(e => e.StartsWith(path, StringComparison.Ordinal), $"{way}: {answer.Text}");
        }
    }

    [Fact]
    public async Task F_2_depth_length_and_the_same_name_twice_are_refused_or_kept_and_never_a_fault_of_ours()
    {
        var client = host.As("anna");
        string[] bodies =
        [
            Whole.Replace("\"name\": \"Slag\"", "\"name\": \"Slag\", \"name\": \"Slag\"", StringComparison.Ordinal),
            Whole.Replace("\"Hej\"", string.Concat(Enumerable.Repeat("[", 400)) + string.Concat(Enumerable.Repeat("]", 400)), StringComparison.Ordinal),
            Whole.Replace("\"Slag\"", $"\"{new string('n', 501)}\"", StringComparison.Ordinal),
            Whole.Replace("\"outcomes\": [ \"Klar\" ]", $"\"outcomes\": [ \"{new string('n', 100_000)}\" ]", StringComparison.Ordinal),
            Whole.Replace("\"Start\", \"custom", "\"St\\ud83dart\\u0000\", \"custom", StringComparison.Ordinal),
            Deep(60), Deep(120), Deep(200),
            Repeated("variables"), Repeated("inputs"), Repeated("outputs"), Repeated("outcomes"), Many(5_001), Many(300),
        ];
        foreach (var body in bodies)
        {
            foreach (var way in new[] { "workflow-definitions", "workflow-definitions/import", "workflow-definitions/import/preview" })
            {
                var answer = await client.SendAsync("POST", way, raw: way == "workflow-definitions" ? $"{{\"model\":{body},\"publish\":true}}" : body);
                ((int)answer.Status).Should().BeLessThan(500, $"{way} {body[..Math.Min(300, body.Length)]}: {answer.Text}");
                if (answer.Status != HttpStatusCode.OK) continue;
                foreach (var read in new[] { "workflow-definitions/by-definition-id/slag?versionOptions=Latest", "workflow-definitions/slag/findings", "workflow-definitions/subgraph/slag?parentNodeId=Workflow1:flow" })
                    ((int)(await client.GetAsync(read)).Status).Should().BeLessThan(500, read);
            }
        }
    }

    [Fact]
    public async Task F_2_no_kind_of_anything_in_the_other_bodies_makes_the_API_fail()
    {
        var client = host.As("anna");
        await client.SaveAsync(Routines.Line("kropp", "Kropp"), publish: true);
        var bodies = new (string Path, string Body)[]
        {
            ("workflow-definitions/kropp/publish", "{}"), ("workflow-definitions/kropp/execute", """{"input":{"a":1},"correlationId":"x","triggerActivityId":"a","versionOptions":{"isLatest":true}}"""),
            ("workflow-definitions/kropp/dispatch", """{"input":{"a":1},"correlationId":"x"}"""), ("workflow-definitions/kropp/bulk-dispatch", """{"count":1}"""),
            ("workflow-instances", """{"searchTerm":"x","definitionIds":["a"],"statuses":["Running"],"subStatuses":["Faulted"],"timestampFilters":[{"column":"CreatedAt","operator":"Is","timestamp":"2026-01-01"}],"page":0,"pageSize":5,"hasIncidents":true,"orderBy":"Name"}"""),
            ("workflow-instances/0196f000-0000-7000-8000-000000000000/journal", """{"filter":{"activityIds":["a"],"activityNodeIds":["b"],"excludedActivityTypes":["c"],"eventNames":["d"]}}"""),
            ("activity-executions/report", """{"workflowInstanceId":"x","activityNodeIds":["a"]}"""),
            ("tests/activities", """{"workflowDefinitionHandle":{"definitionId":"kropp","definitionVersionId":null},"activityHandle":{"activityId":"line1","activityNodeId":"x"}}"""),
            ("bulk-actions/publish/workflow-definitions/by-definition-ids", """{"definitionIds":["kropp"]}"""), ("bulk-actions/retract/workflow-definitions/by-definition-ids", """{"definitionIds":["x"]}"""),
            ("bulk-actions/delete/workflow-definitions/by-definition-id", """{"definitionIds":["x"]}"""), ("bulk-actions/export/workflow-definitions", """{"ids":["x"],"includeConsumingWorkflows":true}"""),
            ("bulk-actions/cancel/workflow-instances", """{"ids":["x"],"definitionId":"kropp","versionOptions":{"isLatest":true},"reason":"x"}"""),
            ("bulk-actions/delete/workflow-instances/by-id", """{"ids":["x"]}"""), ("descriptors/activities/Elsa.WriteLine/options/Text", """{"context":{"a":1}}"""),
            ("events/Prov/trigger", """{"correlationId":"x","workflowInstanceId":"y","input":{"a":1},"activityInstanceId":"z","workflowExecutionMode":"Synchronous"}"""),
            ("tasks/0196f000-0000-7000-8000-000000000000/complete", """{"result":{"a":1}}"""), ("bookmarks/resume", """{"input":{"a":1}}"""),
            ("workflow-definitions/kropp/update-references", """{"consumingWorkflowIds":["x"]}"""), ("scripting/javascript/type-definitions/kropp", """{"activityTypeName":"x","propertyName":"y"}"""),
        };
        foreach (var (path, text) in bodies)
        {
            foreach (var place in Places((JsonObject)JsonNode.Parse(text)!, []).Append([]))
            {
                foreach (var kind in Kinds)
                {
                    var body = place.Length == 0 ? kind : Changed(text, place, kind);
                    var answer = await client.SendAsync("POST", path, raw: body);
                    ((int)answer.Status).Should().BeLessThan(500, $"{path} {body}: {answer.Text}");
                }
            }
        }
    }

    [Fact]
    public async Task F_2_whatever_is_given_to_a_run_starts_it_or_is_refused_and_can_be_read_again()
    {
        var client = host.As("utvecklare");
        var keep = Routines.Step("spara", "Elsa.SetVariable");
        keep["variable"] = new JsonObject { ["id"] = "v1", ["name"] = "V1", ["typeName"] = "Object" };
        keep["value"] = Routines.Expression("JavaScript", "getInput('a')");
        var line = Routines.Step("rad", "Elsa.WriteLine");
        line["text"] = Routines.Expression("JavaScript", "JSON.stringify(getInput('a')) + typeof getInput('__proto__')");
        var model = Routines.Of("given", "Given", [Routines.Step("start", "Elsa.Start"), keep, line], [Routines.Arrow("start", "Done", "spara"), Routines.Arrow("spara", "Done", "rad")]);
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "v1", ["name"] = "V1", ["typeName"] = "Object" });
        model["inputs"] = new JsonArray(new JsonObject { ["name"] = "a", ["type"] = "Object" });
        await client.SaveAsync(model);
        string[] values =
        [
            Nested(50), Nested(63), Nested(64), Nested(120), Nested(240), Nested(300), Nested(100_000), Nested(60, "{\"a\":", "}"), Nested(240, "{\"a\":", "}"), "1e400", "-1e400", "1e30", "-0", "9007199254740993",
            "100000000000000000000", "0.1234567890123456789", "\"a\\u0000b\"", "\"\\ud83d\"", "{\"k\\u0000\":1}", "{\"\":1}", "{\"__proto__\":{\"x\":1},\"constructor\":1,\"toString\":2}", "{\"a\":1,\"a\":2}",
            "[" + string.Join(',', Enumerable.Repeat("1", 5_000)) + "]", "{" + string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"\"n{i}\":{i}")) + "}", $"\"{new string('å', 200_000)}\"",
            $"{{\"{new string('n', 100_000)}\":1}}", "\"9999-12-31T23:59:59Z\"", "[[],{},null,[null,[true]]]",
        ];
        var started = 0;
        foreach (var input in values.Select(v => $"{{\"a\":{v}}}").Append("{\"__proto__\":{\"a\":1}}").Append("{\"\":1,\"a\\u0000\":2}"))
        {
            var where = input[..Math.Min(80, input.Length)];
            var answer = await client.SendAsync("POST", "workflow-definitions/given/execute", raw: $"{{\"input\":{input}}}");
            ((int)answer.Status).Should().BeOneOf([200, 400], $"{where}: {answer.Text[..Math.Min(500, answer.Text.Length)]}");
            if (answer.Status == HttpStatusCode.BadRequest)
            {
                answer.Errors.Should().NotBeEmpty(where).And.OnlyContain(e => !e.Contains("Exception", StringComparison.Ordinal));
                continue;
            }

            started++;
            var id = answer.Headers["x-elsa-workflow-instance-id"];
            foreach (var read in new[] { $"workflow-instances/{id}", $"workflow-instances/{id}/journal", $"workflow-instances/{id}/export" })
                (await client.GetAsync(read)).Status.Should().Be(HttpStatusCode.OK, $"{read} after {where}");
        }

        started.Should().BeGreaterThan(8);

        static string Nested(int levels, string open = "[", string close = "]") => string.Concat(Enumerable.Repeat(open, levels)) + "1" + string.Concat(Enumerable.Repeat(close, levels));
    }

    private static string Changed(string text, object[] place, string kind)
    {
        var body = (JsonObject)JsonNode.Parse(text)!;
        Put(body, place, JsonNode.Parse(kind));
        return body.ToJsonString();
    }

    private static IEnumerable<object[]> Places(JsonNode? node, object[] at)
    {
        if (at.Length > 0) yield return at;
        var below = node switch
        {
            JsonObject o => o.SelectMany(p => Places(p.Value, [.. at, p.Key])),
            JsonArray a => a.SelectMany((item, i) => Places(item, [.. at, i])),
            _ => [],
        };
        foreach (var place in below) yield return place;
    }

    private static void Put(JsonNode root, object[] place, JsonNode? value)
    {
        var owner = place[..^1].Aggregate(root, (n, step) => step is int i ? n[i]! : n[(string)step]!);
        if (place[^1] is int last) owner[last] = value;
        else owner[(string)place[^1]] = value;
    }

    /// <summary>Choices within choices.</summary>
    private static string Deep(int levels)
    {
        var inner = "{ \"id\": \"sist\", \"type\": \"Elsa.Start\", \"version\": 1 }";
        for (var i = 0; i < levels; i++) inner = $"{{ \"id\": \"n{i}\", \"type\": \"Elsa.If\", \"version\": 1, \"then\": {inner} }}";
        return Whole.Replace("\"then\": { \"id\": \"rad\"", $"\"else\": {inner}, \"then\": {{ \"id\": \"rad\"", StringComparison.Ordinal);
    }

    private static string Repeated(string list)
    {
        var model = (JsonObject)JsonNode.Parse(Whole)!;
        model[list]!.AsArray().Add(model[list]![0]!.DeepClone());
        return model.ToJsonString();
    }

    private static string Many(int steps)
    {
        var model = (JsonObject)JsonNode.Parse(Whole)!;
        for (var i = 0; i < steps; i++) model["root"]!["activities"]!.AsArray().Add(Routines.WriteLine($"m{i}", "x"));
        return model.ToJsonString();
    }
}
