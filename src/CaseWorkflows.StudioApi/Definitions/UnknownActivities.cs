using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>
/// Studio draws nothing at all when it meets an activity without a descriptor, and its auto-save then keeps the nothing.
/// So what this host does not know goes out as a placeholder that carries the original, and comes back as the original.
/// </summary>
internal static class UnknownActivities
{
    public const string Placeholder = "Elsa.NotFoundActivity";

    private const string Original = "originalActivityJson";

    /// <summary>Replaces every unknown activity; a missing version becomes the newest one known.</summary>
    /// <param name="isKnown">Also answers for routines that are used as activities.</param>
    public static void Hide(JsonObject document, ActivityRegistry registry, Func<string, int, bool> isKnown)
    {
        // Outermost first: what lies inside an unknown activity goes with it.
        foreach (var found in DefinitionDocument.Activities(document).ToList())
        {
            if (!IsStillIn(document, found.Json)) continue;
            if (found.Type == Placeholder || isKnown(found.Type, found.Version)) continue;
            if (found.Version == 0 && registry.FindLatest(found.Type) is { } latest)
            {
                found.Json["version"] = latest.Version;
                continue;
            }

            Replace(document, found.Json, Make(found));
        }
    }

    /// <summary>Puts the originals back; only id and position follow what was done in the editor.</summary>
    public static void Restore(JsonObject document)
    {
        foreach (var found in DefinitionDocument.Activities(document).Where(a => a.Type == Placeholder).ToList())
        {
            if (Parse(found.Json.Text(Original)) is not { } original) continue;
            DefinitionShape.DemandSteps(original, found.Path["$.".Length..]);
            if (found.Id != original.Text("id")) original["id"] = found.Id;
            Move(found.Json, original);
            Replace(document, found.Json, original);
        }
    }

    private static JsonObject Make(ActivityNode found)
    {
        var metadata = found.Json.Object("metadata")?.DeepClone() as JsonObject ?? [];
        metadata["displayText"] = $"Okänd aktivitet: {found.Type}";
        metadata["description"] = $"Den här värden har inte aktiviteten {found.Type} version {found.Version}. Steget bevaras oförändrat.";
        var placeholder = new JsonObject
        {
            ["missingTypeName"] = found.Type,
            ["missingTypeVersion"] = found.Version,
            [Original] = DefinitionDocument.Write(found.Json),
            ["id"] = found.Id,
            ["nodeId"] = found.NodeId,
            ["type"] = Placeholder,
            ["version"] = 1,
            ["customProperties"] = found.Json.Object("customProperties")?.DeepClone() ?? new JsonObject(),
            ["metadata"] = metadata,
        };
        if (found.Name is not null) placeholder["name"] = found.Name;
        return placeholder;
    }

    private static void Move(JsonObject placeholder, JsonObject original)
    {
        var now = placeholder.Object("metadata")?.Object("designer")?.Object("position");
        var before = original.Object("metadata")?.Object("designer")?.Object("position");
        if (now is null || (before is not null && Same(now, before, "x") && Same(now, before, "y"))) return;
        var metadata = original.Object("metadata") ?? Add(original, "metadata");
        var designer = metadata.Object("designer") ?? Add(metadata, "designer");
        designer["position"] = now.DeepClone();

        static bool Same(JsonObject a, JsonObject b, string axis) =>
            Math.Abs((a[axis]?.GetValue<double>() ?? 0) - (b[axis]?.GetValue<double>() ?? 0)) < 0.01;
    }

    private static JsonObject Add(JsonObject owner, string name)
    {
        var made = new JsonObject();
        owner[name] = made;
        return made;
    }

    private static JsonObject? Parse(string? json)
    {
        if (json is null) return null;
        try
        {
            return DefinitionDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsStillIn(JsonObject document, JsonNode node)
    {
        while (node.Parent is { } parent) node = parent;
        return ReferenceEquals(node, document);
    }

    private static void Replace(JsonObject document, JsonObject old, JsonObject with)
    {
        switch (old.Parent)
        {
            case JsonArray array:
                array[array.IndexOf(old)] = with;
                break;
            case JsonObject owner:
                owner[owner.First(p => ReferenceEquals(p.Value, old)).Key] = with;
                break;
            default:
                document["root"] = with;
                break;
        }
    }
}
