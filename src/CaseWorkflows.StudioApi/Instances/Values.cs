using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>The engine's plain values as JSON, and back.</summary>
internal static class Values
{
    public static JsonObject Object(IReadOnlyDictionary<string, object?> values)
    {
        var o = new JsonObject();
        foreach (var (name, value) in values) o[name] = Node(value);
        return o;
    }

    public static JsonNode? Node(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        IReadOnlyDictionary<string, object?> values => Object(values),
        // Databases of before may hold one.
        double number when !double.IsFinite(number) => null,
        IEnumerable<object?> list => new JsonArray([.. list.Select(Node)]),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), StudioJson.Options),
    };

    public static Dictionary<string, object?> Read(JsonObject? o) => Engine.Execution.Values.FromJson(o) as Dictionary<string, object?> ?? [];
}
