using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Reference;

/// <summary>
/// Reads stored documents into the records of the view. Names are taken as they are written, as the database and the checks take them: a
/// "UserName" is no "userName". A null is what is not given.
/// </summary>
internal static class ReferenceJson
{
    // What routines and forms bring themselves, null and all.
    private static readonly HashSet<string> Free = ["value", "values", "settings"];

    private static readonly JsonSerializerOptions Options = Create();

    /// <exception cref="JsonException">The document does not fit the record.</exception>
    public static T Read<T>(JsonObject document) =>
        WithoutNulls(document).Deserialize<T>(Options) ?? throw new JsonException("The document is empty.");

    private static JsonObject WithoutNulls(JsonObject source)
    {
        var result = new JsonObject();
        foreach (var (name, value) in source)
            if (value is not null) result[name] = Free.Contains(name) ? value.DeepClone() : Cleaned(value);
        return result;
    }

    private static JsonNode Cleaned(JsonNode value) => value switch
    {
        JsonObject o => WithoutNulls(o),
        JsonArray a => new JsonArray([.. a.Select(e => e is null ? throw new JsonException("A list holds null.") : Cleaned(e))]),
        _ => value.DeepClone()
    };

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(DomainJson.Options) { PropertyNameCaseInsensitive = false };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
