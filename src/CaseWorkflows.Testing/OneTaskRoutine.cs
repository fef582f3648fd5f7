using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseWorkflows.Testing;

/// <summary>The smallest routine with a human task: one task for the receivers of the unit, whose answer changes team and status of the case. Every case starts it.</summary>
public static class OneTaskRoutine
{
    public const string DefinitionId = "prov-en-uppgift";

    private const string Definition =
        """
        { "definitionId": "prov-en-uppgift", "name": "En uppgift", "version": 1, "inputs": [], "outputs": [], "outcomes": [], "variables": [],
          "root": { "id": "flow1", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "start1", "name": "Start1", "type": "Elsa.Start", "version": 1 },
              { "id": "task1", "name": "Task1", "type": "CaseWorkflows.HumanTask", "version": 1,
                "title": { "typeName": "String", "expression": { "type": "Literal", "value": "Gör" } },
                "roles": { "typeName": "Object", "expression": { "type": "Object", "value": "[\"arendemottagare\"]" } },
                "outcomes": { "typeName": "Object", "expression": { "type": "Object", "value": "[\"Klar\"]" } },
                "form": { "typeName": "Object", "expression": { "type": "Object", "value": "[{\"label\": \"Team\", \"type\": \"number\"}]" } },
                "writeBack": { "typeName": "Object", "expression": { "type": "Object", "value": "{\"team\": \"team\"}" } } },
              { "id": "status1", "name": "Status1", "type": "CaseWorkflows.SetCaseStatus", "version": 1,
                "status": { "typeName": "String", "expression": { "type": "Literal", "value": "Påbörjat" } } },
              { "id": "end1", "name": "End1", "type": "Elsa.End", "version": 1 } ],
            "connections": [
              { "source": { "activity": "start1", "port": "Done" }, "target": { "activity": "task1", "port": "In" } },
              { "source": { "activity": "task1", "port": "Klar" }, "target": { "activity": "status1", "port": "In" } },
              { "source": { "activity": "status1", "port": "Done" }, "target": { "activity": "end1", "port": "In" } } ] } }
        """;

    /// <summary>Publishes it and sends every new case of the host's database to it.</summary>
    public static async Task PublishAsync(IServiceProvider services)
    {
        var store = services.GetRequiredService<IDefinitionStore>();
        var change = new DefinitionChange("prov", "Prov", DateTimeOffset.UtcNow);
        await store.SaveAsync(
            new SaveDraft { DefinitionId = DefinitionId, Document = (JsonObject)JsonNode.Parse(Definition)!, Region = DefinitionFiles.Shared, Change = change, Force = true }, CancellationToken.None);
        await store.PublishAsync(DefinitionId, change, CancellationToken.None);
        await using var route = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            $$"""UPDATE reference SET data = data || '{"workflow": "{{DefinitionId}}"}' WHERE kind = 'routing' AND data ->> 'table' = 'start'""");
        await route.ExecuteNonQueryAsync();
    }
}
