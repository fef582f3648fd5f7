using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CaseWorkflows.Engine.Text;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Http;

/// <summary>The JSON that Studio reads: camelCase, enums by name, nulls left out, Swedish letters as they are.</summary>
internal static class StudioJson
{
    /// <summary>Studio refuses files over 10 MB before sending; a save is far smaller.</summary>
    public const int MaximumBody = 12 * 1024 * 1024;

    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        MaxDepth = 512,   // more than is read: an answer has a definition within it
    };

    private static readonly OutsideJsonOptions Strict = new() { MaxDepth = 256 };

    public static IResult Ok(object value) => Results.Json(value, Options);

    /// <summary>Raw JSON text as the answer.</summary>
    public static IResult Node(JsonNode value, int status = 200) => Results.Text(value.ToJsonString(Options), "application/json", statusCode: status);

    /// <summary>The body as an object; an empty body is an empty object.</summary>
    /// <exception cref="StudioException">400: not JSON, not an object, or too large.</exception>
    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaximumBody)
            throw StudioException.Invalid("Filen är större än 12 MB och kan inte tas emot.");
        using var buffer = new MemoryStream();
        var chunk = new byte[16384];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaximumBody) throw StudioException.Invalid("Filen är större än 12 MB och kan inte tas emot.");
        }

        if (buffer.Length == 0) return [];
        try
        {
            var body = OutsideJson.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), Strict) as JsonObject
                ?? throw StudioException.Invalid("serializerErrors", "Det som skickades är inte ett JSON-objekt.");
            StudioBody.Demand(body);
            return body;
        }
        catch (OutsideJsonException e)
        {
            var (field, messages) = e.Errors.First();
            throw StudioException.Invalid("serializerErrors", $"Det som skickades går inte att läsa som JSON. {(field == "$" ? "" : field + ": ")}{messages[0]}");
        }
    }

    public static string? Text(this JsonObject o, string name) => o[name] is JsonValue v && v.TryGetValue<string>(out var s) ? s : null;

    public static bool? Bool(this JsonObject o, string name) => o[name] is JsonValue v && v.TryGetValue<bool>(out var b) ? b : null;

    public static int? Int(this JsonObject o, string name) => o[name] is JsonValue v && v.TryGetValue<int>(out var i) ? i : null;

    public static JsonObject? Object(this JsonObject o, string name) => o[name] as JsonObject;

    /// <summary>The strings of an array; empty when it is missing or null.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject o, string name) =>
        o[name] is JsonArray a ? a.OfType<JsonValue>().Select(v => v.TryGetValue<string>(out var s) ? s : null).OfType<string>().ToList() : [];
}
