using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Execution;

/// <summary>Conversions between what expressions give, what activities want and what is stored.</summary>
public static class Values
{
    public static T? ConvertTo<T>(object? value) => throw new NotImplementedException();

    public static object? ConvertTo(object? value, Type type) => throw new NotImplementedException();

    public static JsonNode? ToJson(object? value) => throw new NotImplementedException();

    public static object? FromJson(JsonNode? node) => throw new NotImplementedException();

    public static JsonObject ToJsonObject(IReadOnlyDictionary<string, object?> values) => throw new NotImplementedException();
}
