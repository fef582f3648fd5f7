using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>A stored routine as Studio needs it: complete, with node ids and links, and nothing that makes it draw a blank.</summary>
internal sealed partial class DefinitionModel(DescriptorCatalogue descriptors, ActivityRegistry registry)
{
    private static readonly string[] Lists = ["variables", "inputs", "outputs", "outcomes"];

    private static readonly string[] FlowLists = ["activities", "variables", "connections"];
    private static readonly string[] Objects = ["metadata", "customProperties"];

    public JsonObject Write(StoredDefinition stored, RoutineAccess access)
    {
        var version = stored.Version;
        var document = stored.ToObject();
        var model = new JsonObject { ["links"] = Links.Of(version.DefinitionId, version.Region, access) };
        foreach (var (name, value) in document.ToList())
        {
            document.Remove(name);
            model[name] = value;
        }

        foreach (var list in Lists)
            if (model[list] is not JsonArray) model[list] = new JsonArray();
        if (model["customProperties"] is not JsonObject) model["customProperties"] = new JsonObject();
        if (model["options"] is not JsonObject) model["options"] = new JsonObject();
        if (model.Text("toolVersion") is { } tool && !DottedNumber().IsMatch(tool)) model.Remove("toolVersion");
        model["isReadonly"] = version.IsReadonly;
        model["isSystem"] = version.IsSystem;
        if (model["description"] is null) model.Remove("description");
        if (model["root"] is not JsonObject) model["root"] = new JsonObject { ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1 };

        descriptors.Hide(model);
        LooseConnections.Hide(model);
        RepeatedOutcomes.Hide(model, registry);
        Tidy(model);
        DefinitionDocument.WriteNodeIds(model, descriptors.WorkflowIdOf(model));
        return model;
    }

    /// <summary>A row of a list.</summary>
    public static JsonObject Summary(DefinitionVersion v, RoutineAccess? access = null)
    {
        var row = new JsonObject
        {
            ["isMaterializerAvailable"] = true,
            ["id"] = v.Id,
            ["definitionId"] = v.DefinitionId,
            ["name"] = v.Name,
            ["version"] = v.Version,
            ["isLatest"] = v.IsLatest,
            ["isPublished"] = v.IsPublished,
            ["materializerName"] = "Json",
            ["createdAt"] = v.CreatedAt.ToString("O"),
            ["isReadonly"] = v.IsReadonly,
        };
        if (v.Description is not null) row["description"] = v.Description;
        if (v.ToolVersion is { } tool && DottedNumber().IsMatch(tool)) row["toolVersion"] = tool;
        if (access is not null) row.Insert(0, "links", Links.Of(v.DefinitionId, v.Region, access));
        return row;
    }

    /// <summary>Nulls that Studio does not survive.</summary>
    private static void Tidy(JsonObject model)
    {
        foreach (var activity in DefinitionDocument.Activities(model).ToList())
        {
            var json = activity.Json;
            foreach (var name in Objects)
                if (json[name] is not JsonObject) json[name] = new JsonObject();
            if (activity.Type == "Elsa.Flowchart")
            {
                foreach (var list in FlowLists)
                    if (json[list] is not JsonArray) json[list] = new JsonArray();
            }

            foreach (var connection in (json["connections"] as JsonArray ?? []).OfType<JsonObject>())
                if (connection["vertices"] is not JsonArray) connection["vertices"] = new JsonArray();
        }

        if (model["variables"] is JsonArray variables)
        {
            foreach (var variable in variables.OfType<JsonObject>())
            {
                // Studio reads text or nothing here.
                if (variable["value"] is { } value and not JsonValue) variable["value"] = DefinitionDocument.Write(value);
                if (variable["isArray"] is null) variable["isArray"] = false;
            }
        }
    }

    [GeneratedRegex(@"^\d{1,9}(\.\d{1,9}){1,3}$")]
    private static partial Regex DottedNumber();
}
