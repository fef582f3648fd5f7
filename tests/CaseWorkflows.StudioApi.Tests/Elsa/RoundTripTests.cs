using System.Net;
using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Elsa;

/// <summary>Import → export → import loses nothing, whatever a file holds.</summary>
public sealed class RoundTripTests(StudioApiHost host) : IClassFixture<StudioApiHost>
{
    // Told by the database: which version it is, and when it came.
    private static readonly string[] Facts = ["id", "version", "isLatest", "isPublished", "createdAt"];

    [ElsaFact]
    public async Task Every_conformance_definition_survives()
    {
        var client = host.As("utvecklare");
        var count = 0;
        foreach (var file in ElsaReference.Files("conformance", "workflows").Concat(ElsaReference.Files("conformance-own", "workflows")))
        {
            if (JsonNode.Parse(await File.ReadAllTextAsync(file)) is not JsonObject document || document["root"] is not JsonObject) continue;
            await SurvivesAsync(client, document, Path.GetFileName(file));
            count++;
        }

        count.Should().BeGreaterThan(50);
    }

    [ElsaFact]
    public async Task Every_definition_that_Studio_saved_survives()
    {
        var client = host.As("utvecklare");
        var writes = Models(ElsaReference.Read("studio", "captured-definition-writes.json")).ToList();
        writes.Should().NotBeEmpty();
        foreach (var (model, i) in writes.Select((m, i) => (m, i)))
        {
            // Saved one after the other by the same person, as they were captured: each as a routine of its own here.
            var own = (JsonObject)model.DeepClone();
            own["definitionId"] = $"fangad-{i}";
            await SurvivesAsync(client, own, $"captured write {i}");
        }
    }

    [ElsaFact]
    public async Task Every_definition_that_Studio_saved_can_be_saved_here_and_opened_again()
    {
        var client = host.As("utvecklare", "s");
        foreach (var (model, i) in Models(ElsaReference.Read("studio", "captured-definition-writes.json")).Select((m, i) => (m, i)))
        {
            var own = (JsonObject)model.DeepClone();
            own["definitionId"] = $"sparad-{i}";
            client.Revision = null;
            var saved = await client.SaveAsync(own);
            saved.Status.Should().Be(HttpStatusCode.OK, $"write {i}: {saved.Text}");
            var again = await client.SaveAsync(await client.OpenAsync($"sparad-{i}"));
            again.Status.Should().Be(HttpStatusCode.OK, again.Text);
            again.Definition["version"]!.GetValue<int>().Should().Be(1);
        }
    }

    private static async Task SurvivesAsync(StudioClient client, JsonObject document, string what)
    {
        var first = await ImportAndExportAsync(client, document, what);
        Without(first).Should().Be(Without(document), what);
        var second = await ImportAndExportAsync(client, first, what);
        Without(second).Should().Be(Without(document), what);
    }

    private static async Task<JsonObject> ImportAndExportAsync(StudioClient client, JsonObject document, string what)
    {
        var imported = await client.PostAsync("workflow-definitions/import", document);
        imported.Status.Should().Be(HttpStatusCode.OK, $"{what}: {imported.Text}");
        var exported = await client.GetAsync($"workflow-definitions/{Uri.EscapeDataString(imported.Json["definitionId"]!.GetValue<string>())}/export?versionOptions=Latest");
        exported.Status.Should().Be(HttpStatusCode.OK, what);
        return exported.Json;
    }

    /// <summary>Sorted text without what the database tells; the schema line may be added on the way out.</summary>
    private static string Without(JsonObject document)
    {
        var copy = (JsonObject)document.DeepClone();
        foreach (var fact in Facts.Append("$schema").Append("definitionId").Append("links")) copy.Remove(fact);
        return Sorted(copy)!.ToJsonString();
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<JsonObject> Models(JsonNode node)
    {
        if (node is JsonObject o)
        {
            if (o["root"] is JsonObject && o.ContainsKey("definitionId") && o.ContainsKey("name")) return [o];
            return o.Select(p => p.Value).OfType<JsonNode>().SelectMany(Models);
        }

        return node is JsonArray a ? a.OfType<JsonNode>().SelectMany(Models) : [];
    }
}
