using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Definitions;

/// <summary>Which definitions use which as a step.</summary>
public static class DefinitionReferences
{
    /// <summary>Definition ids that the definition uses as steps.</summary>
    public static IReadOnlySet<string> UsedBy(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Steps(definition.Root).Select(s => s.Text("workflowDefinitionId")!).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Definitions that use it, directly or through others.</summary>
    public static IReadOnlyList<WorkflowDefinition> ConsumersOf(string definitionId, IReadOnlyCollection<WorkflowDefinition> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        var found = new List<WorkflowDefinition>();
        var queue = new Queue<string>([definitionId]);
        while (queue.TryDequeue(out var id))
        {
            foreach (var d in all.Where(d => !found.Contains(d) && d.DefinitionId != definitionId && UsedBy(d).Contains(id)))
            {
                found.Add(d);
                queue.Enqueue(d.DefinitionId);
            }
        }

        return found;
    }

    /// <summary>Makes every step that uses the definition use this version of it. Changes the consumer's JSON.</summary>
    /// <returns>How many steps were changed.</returns>
    public static int PointAt(WorkflowDefinition consumer, WorkflowDefinition used)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        ArgumentNullException.ThrowIfNull(used);
        var changed = 0;
        foreach (var step in Steps(consumer.Root).Where(s => s.Text("workflowDefinitionId") == used.DefinitionId).ToArray())
        {
            step["version"] = used.Version;
            step["workflowDefinitionVersionId"] = used.Id;
            if (step.ContainsKey("latestAvailablePublishedVersion")) step["latestAvailablePublishedVersion"] = used.Version;
            if (step.ContainsKey("latestAvailablePublishedVersionId")) step["latestAvailablePublishedVersionId"] = used.Id;
            changed++;
        }

        return changed;
    }

    /// <summary>Steps that stand for a definition: those that name one as plain text. ExecuteWorkflow names one in an input, and is none.</summary>
    private static IEnumerable<JsonObject> Steps(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Steps),
        JsonObject o => (o["workflowDefinitionId"] is JsonValue && o.ContainsKey("type") ? [o] : Enumerable.Empty<JsonObject>()).Concat(o.SelectMany(p => Steps(p.Value))),
        _ => [],
    };
}
