using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace CaseWorkflows.Engine.Text;

/// <summary>
/// Reads JSON that comes from outside: bodies, files, what a script wrote. Its texts and property names are sound afterwards; a name
/// that occurs twice, a U+0000, bytes that are no UTF-8 and endless numbers are refused with the field.
/// </summary>
public static class OutsideJson
{
    private const int LongestNumber = 200;
    private const int MostFaults = 50;
    private const int LongestNameInPath = 100;

    private static readonly OutsideJsonOptions Stored = new() { MaxDepth = 1000, MendNull = true };
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <param name="utf8">With or without a byte order mark.</param>
    /// <param name="options">Null for the default.</param>
    /// <returns>Null for the JSON value null.</returns>
    /// <exception cref="OutsideJsonException">With every fault.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8, OutsideJsonOptions? options = null)
    {
        options ??= OutsideJsonOptions.Default;
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8)) throw Refused("$", "Innehållet ska vara JSON i UTF-8.");
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions
        {
            MaxDepth = options.MaxDepth + 1, AllowTrailingCommas = options.Lenient, CommentHandling = options.Lenient ? JsonCommentHandling.Skip : JsonCommentHandling.Disallow
        });
        var faults = new Dictionary<string, string[]>();
        var values = 0;
        try
        {
            reader.Read();
            var node = Value(ref reader, "", options, faults, ref values);
            // Nothing may follow; the reader says so itself.
            while (reader.Read())
            {
            }

            return faults.Count == 0 ? node : throw new OutsideJsonException(faults);
        }
        catch (JsonException error) when (error is not OutsideJsonException)
        {
            var (line, column) = ((error.LineNumber ?? 0) + 1, (error.BytePositionInLine ?? 0) + 1);
            throw new OutsideJsonException(new Dictionary<string, string[]> { ["$"] = [$"Felaktig JSON på rad {line}, tecken {column}."] }, error.LineNumber, error.BytePositionInLine);
        }
    }

    /// <summary>The same for text.</summary>
    /// <exception cref="OutsideJsonException">With every fault.</exception>
    public static JsonNode? Parse(string json, OutsideJsonOptions? options = null) => Parse(Encoding.UTF8.GetBytes(SoundText.KeepingNull(json)), options);

    /// <summary>JSON text that PostgreSQL takes: sound, and without escapes of what is not. What is no JSON comes back as sound text.</summary>
    public static string Sound(string json)
    {
        // An escaped pair is sound and costs a reading; it is rare.
        if (!json.Contains("\\u0000", StringComparison.Ordinal) && !json.Contains("\\ud", StringComparison.OrdinalIgnoreCase)) return SoundText.Of(json);
        try
        {
            return Parse(json, Stored)?.ToJsonString(Written) ?? "null";
        }
        catch (OutsideJsonException)
        {
            return SoundText.Of(json);
        }
    }

    // Too many are refused as soon as they are counted: making them all is what costs.
    private static JsonNode? Value(ref Utf8JsonReader reader, string path, OutsideJsonOptions options, Dictionary<string, string[]> faults, ref int values)
    {
        if (++values > options.MostValues) throw Refused(Top(path), $"Högst {JsonShape.Shown(options.MostValues)} värden får plats i ett anrop.");
        if (reader.CurrentDepth >= options.MaxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            throw Refused("$", $"JSON får ha högst {options.MaxDepth} nivåer.");
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Properties(ref reader, path, options, faults, ref values);
            case JsonTokenType.StartArray:
                var items = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (items.Count >= options.MostElements) throw Refused(path, JsonShape.TooMany(options.MostElements));
                    items.Add(Value(ref reader, $"{path}[{items.Count.ToString(CultureInfo.InvariantCulture)}]", options, faults, ref values));
                }

                return items;
            case JsonTokenType.String:
                return JsonValue.Create(Text(ref reader, path, options, faults));
            case JsonTokenType.Number when reader.ValueSpan.Length > LongestNumber:
                Fault(faults, path, $"Talet får ha högst {LongestNumber} siffror.");
                return null;
            case JsonTokenType.Number:
                return JsonValue.Create(JsonElement.ParseValue(ref reader));
            case JsonTokenType.True:
                return JsonValue.Create(true);
            case JsonTokenType.False:
                return JsonValue.Create(false);
            default:
                return null;
        }
    }

    private static JsonObject Properties(ref Utf8JsonReader reader, string path, OutsideJsonOptions options, Dictionary<string, string[]> faults, ref int values)
    {
        var result = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader, path, options, faults);
            var below = Below(path, name);
            if (result.Count >= options.MostProperties) throw Refused(path, JsonShape.TooMany(options.MostProperties));
            if (name.Length > options.LongestName) Fault(faults, below, $"Fältets namn: {JsonShape.TooLong(options.LongestName)}");
            reader.Read();
            var value = Value(ref reader, below, options, faults, ref values);
            if (!result.TryAdd(name, value)) Fault(faults, below, $"Egenskapen ”{Short(name)}” förekommer mer än en gång.");
        }

        return result;
    }

    private static string Text(ref Utf8JsonReader reader, string path, OutsideJsonOptions options, Dictionary<string, string[]> faults)
    {
        var text = SoundText.KeepingNull(reader.ValueIsEscaped ? Unescape(Encoding.UTF8.GetString(reader.ValueSpan)) : Encoding.UTF8.GetString(reader.ValueSpan));
        if (!SoundText.HasNull(text)) return text;
        if (!options.MendNull) Fault(faults, path, SoundText.NullRefused);
        return SoundText.Of(text);
    }

    /// <summary>The text of a well-formed string token; the library's own way throws at half a pair.</summary>
    private static string Unescape(string token)
    {
        var text = new StringBuilder(token.Length);
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] != '\\')
            {
                text.Append(token[i]);
                continue;
            }

            i++;
            if (token[i] == 'u')
            {
                text.Append((char)ushort.Parse(token.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            text.Append(token[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var c => c });
        }

        return text.ToString();
    }

    private static string Below(string path, string name) => path.Length == 0 ? Short(name) : $"{path}.{Short(name)}";

    private static string Short(string name) => name.Length <= LongestNameInPath ? name : SoundText.Of(name[..LongestNameInPath]) + "…";

    private static void Fault(Dictionary<string, string[]> faults, string path, string message)
    {
        if (faults.Count < MostFaults) faults.TryAdd(path.Length == 0 ? "$" : path, [message]);
    }

    /// <summary>The property of the whole that the path lies in.</summary>
    private static string Top(string path) => path.Split('.', '[')[0];

    private static OutsideJsonException Refused(string path, string message) =>
        new(new Dictionary<string, string[]> { [path.Length == 0 ? "$" : path] = [message] });
}
