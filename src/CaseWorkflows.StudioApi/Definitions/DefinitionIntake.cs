using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>What Studio or a file sends, made into a document to keep: placeholders out, nulls out, and back in what Studio does not carry.</summary>
internal sealed class DefinitionIntake(ActivityRegistry registry, DescriptorCatalogue descriptors)
{
    // Known to Studio: when it leaves one of these out, it is meant to be gone.
    private static readonly HashSet<string> Carried = new(StringComparer.Ordinal)
    {
        "id", "definitionId", "name", "description", "toolVersion", "variables", "inputs", "outputs", "outcomes", "customProperties",
        "isReadonly", "options", "root", "links", "createdAt", "version", "isLatest", "isPublished",
    };

    /// <summary>The id that a document brings; null: it has none yet.</summary>
    /// <exception cref="StudioException">400: characters that no id can have.</exception>
    public static string? IdOf(JsonObject model)
    {
        if (model.Text("definitionId") is not { Length: > 0 } id) return null;
        return id.Any(char.IsControl) ? throw StudioException.Invalid("definitionId", DefinitionIds.Problem(id)!) : id;
    }

    /// <summary>A save from the editor.</summary>
    /// <param name="model">Taken over and changed.</param>
    /// <param name="stored">The latest version, when there is one.</param>
    public JsonObject FromEditor(JsonObject model, StoredDefinition? stored, RoutineAccess access)
    {
        if (model["root"] is not JsonObject root || root.Count == 0)
            throw StudioException.Invalid("Rutinen saknar innehåll: det finns inget flöde att spara.");
        DefinitionShape.Demand(model);
        UnknownActivities.Restore(model);
        LooseConnections.Restore(model);
        Clean(model);
        var before = stored?.ToObject();
        if (before is not null) Keep(model, before);
        Demote(model, stored, access);
        RefuseRoot(model, before);
        if (!access.IsDeveloper) RefuseDeveloperSteps(model, before);
        RefuseSameIds(model);
        return model;
    }

    /// <summary>A file: kept as it is, but for what no document may hold.</summary>
    public JsonObject FromFile(JsonObject model, StoredDefinition? stored, RoutineAccess access)
    {
        if (model["root"] is not JsonObject { Count: > 0 })
            throw StudioException.Invalid("Filen är ingen rutin: den saknar ett flöde (root).");
        DefinitionShape.Demand(model);
        UnknownActivities.Restore(model);
        model.Remove("links");
        Demote(model, stored, access);
        if (!access.IsDeveloper) RefuseDeveloperSteps(model, stored?.ToObject());
        RefuseSameIds(model);
        return model;
    }

    /// <summary>No routine is the system's own, which lists leave out; and only developers lock one for all others.</summary>
    private static void Demote(JsonObject model, StoredDefinition? stored, RoutineAccess access)
    {
        if (model.Bool("isSystem") == true) model["isSystem"] = false;
        if (!access.IsDeveloper && model.Bool("isReadonly") == true && stored?.Version.IsReadonly != true) model["isReadonly"] = false;
    }

    private static void Clean(JsonObject model)
    {
        model.Remove("links");
        foreach (var list in new[] { "variables", "inputs", "outputs", "outcomes" })
            if (model[list] is null) model[list] = new JsonArray();
        foreach (var o in new[] { "customProperties", "options" })
            if (model[o] is null) model[o] = new JsonObject();
        if (SoundText.IsBlank(model.Text("name"))) throw StudioException.Invalid("name", "Rutinen måste ha ett namn.");
    }

    /// <summary>Studio re-emits the top level with the names it knows; the rest comes back from what was stored.</summary>
    private static void Keep(JsonObject model, JsonObject before)
    {
        foreach (var (name, value) in before)
            if (!Carried.Contains(name) && !model.ContainsKey(name)) model[name] = value?.DeepClone();
        KeepIn(model["options"] as JsonObject, before["options"] as JsonObject);
        KeepEach(model["variables"] as JsonArray, before["variables"] as JsonArray, "id");
        KeepEach(model["inputs"] as JsonArray, before["inputs"] as JsonArray, "name");
        KeepEach(model["outputs"] as JsonArray, before["outputs"] as JsonArray, "name");
    }

    private static void KeepEach(JsonArray? now, JsonArray? before, string key)
    {
        if (now is null || before is null) return;
        foreach (var item in now.OfType<JsonObject>())
        {
            var old = before.OfType<JsonObject>().FirstOrDefault(o => o.Text(key) is { } k && k == item.Text(key));
            KeepIn(item, old);
        }
    }

    private static void KeepIn(JsonObject? now, JsonObject? before)
    {
        if (now is null || before is null) return;
        foreach (var (name, value) in before)
            if (!now.ContainsKey(name)) now[name] = value?.DeepClone();
    }

    private void RefuseRoot(JsonObject model, JsonObject? before)
    {
        var type = model.Object("root")!.Text("type") ?? "";
        if (registry.FindLatest(type) is not null || before?.Object("root")?.Text("type") == type) return;
        throw StudioException.Invalid(
            $"Rutiner av slaget ’{type.Split('.')[^1]}’ kan inte köras här. Välj Flowchart (flödesschema) eller Sequence (sekvens).");
    }

    /// <summary>Steps that run code or reach outside: only developers may add or change them.</summary>
    private void RefuseDeveloperSteps(JsonObject model, JsonObject? before)
    {
        var known = before is null ? [] : DefinitionDocument.Activities(before).GroupBy(a => a.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var refused = DefinitionDocument.Activities(model)
            .Where(a => descriptors.IsForDevelopers(a.Type, a.Version))
            .Where(a => !known.TryGetValue(a.Id, out var old) || !SameSettings(old.Json, a.Json))
            .Select(a => a.Label).ToList();
        if (refused.Count == 0) return;
        throw new StudioException(400, "generalErrors",
            [.. refused.Select(name => $"Steget ’{name}’ kör kod eller når utanför systemet. Bara utvecklare får lägga till eller ändra sådana steg.")], "developers-only");
    }

    private static bool SameSettings(JsonObject a, JsonObject b) => Settings(a).AsSpan().SequenceEqual(Settings(b));

    private static byte[] Settings(JsonObject activity)
    {
        var copy = (JsonObject)activity.DeepClone();
        // Where a step stands and what it is called is anybody's.
        copy.Remove("metadata");
        copy.Remove("name");
        return DefinitionDocument.Hash(new JsonObject { ["step"] = copy });
    }

    private static void RefuseSameIds(JsonObject model)
    {
        var same = DefinitionDocument.Activities(model).GroupBy(a => a.NodeId).FirstOrDefault(g => g.Count() > 1);
        if (same is not null) throw StudioException.Invalid($"Två steg har samma id ({same.First().Id}). Ta bort det ena och lägg till det på nytt.");
    }
}
