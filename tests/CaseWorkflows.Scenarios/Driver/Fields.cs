using System.Text.Json.Nodes;

namespace CaseWorkflows.Scenarios.Driver;

/// <summary>Short ways to write form fields.</summary>
public static class Fields
{
    public static JsonObject With(params (string Key, JsonNode? Value)[] fields)
    {
        var result = new JsonObject();
        foreach (var (key, value) in fields) result[key] = value;
        return result;
    }
}
