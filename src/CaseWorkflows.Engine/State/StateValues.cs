using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.State;

/// <summary>Values in the stored form: JSON where it says everything, <c>{"$":"type","v":…}</c> where it does not.</summary>
internal static class StateValues
{
    public static void Write(Utf8JsonWriter w, object? value)
    {
        switch (value)
        {
            case null: w.WriteNullValue(); break;
            case bool b: w.WriteBooleanValue(b); break;
            case string s: w.WriteStringValue(s); break;
            case int i: w.WriteNumberValue(i); break;
            case long l when l is > int.MaxValue or < int.MinValue: w.WriteNumberValue(l); break;
            case double d when double.IsFinite(d) && d != Math.Truncate(d): w.WriteNumberValue(d); break;
            case long or double or float or decimal or short or byte or uint or ulong: Tagged(w, value); break;
            case DateTimeOffset or DateTime or TimeSpan or Guid or DateOnly or TimeOnly: Tagged(w, value); break;
            case JsonNode n: Node(w, n); break;
            case IReadOnlyDictionary<string, object?> d: Object(w, d); break;
            case IDictionary d: Object(w, d.Keys.Cast<object>().ToDictionary(Values.ToText, k => d[k])); break;
            case Enum e: w.WriteStringValue(e.ToString()); break;
            case IEnumerable e: List(w, e); break;
            default: Write(w, Values.FromJson(Values.ToJson(value))); break;
        }
    }

    public static object? Read(JsonElement e)
    {
        switch (e.ValueKind)
        {
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.String: return e.GetString();
            case JsonValueKind.Number: return e.TryGetInt32(out var i) ? (object)i : e.TryGetInt64(out var l) ? (object)l : e.GetDouble();
            case JsonValueKind.Array:
                var list = new List<object?>(e.GetArrayLength());
                foreach (var item in e.EnumerateArray()) list.Add(Read(item));
                return list;
            case JsonValueKind.Object:
                return e.TryGetProperty("$", out var tag) ? Untag(tag.GetString()!, e.GetProperty("v")) : ReadObject(e);
            default: return null;
        }
    }

    public static Dictionary<string, object?> ReadObject(JsonElement e)
    {
        var o = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var p in e.EnumerateObject()) o[p.Name] = Read(p.Value);
        return o;
    }

    private static void Object(Utf8JsonWriter w, IReadOnlyDictionary<string, object?> values)
    {
        var escape = values.ContainsKey("$");
        if (escape)
        {
            w.WriteStartObject();
            w.WriteString("$", "o");
            w.WritePropertyName("v");
        }

        w.WriteStartObject();
        foreach (var (k, v) in values)
        {
            w.WritePropertyName(k);
            Write(w, v);
        }

        w.WriteEndObject();
        if (escape) w.WriteEndObject();
    }

    private static void List(Utf8JsonWriter w, IEnumerable items)
    {
        w.WriteStartArray();
        foreach (var item in items) Write(w, item);
        w.WriteEndArray();
    }

    private static void Node(Utf8JsonWriter w, JsonNode n)
    {
        w.WriteStartObject();
        w.WriteString("$", "json");
        w.WritePropertyName("v");
        n.WriteTo(w);
        w.WriteEndObject();
    }

    private static void Tagged(Utf8JsonWriter w, object value)
    {
        var (tag, text) = value switch
        {
            DateTimeOffset d => ("t", d.ToString("O", CultureInfo.InvariantCulture)),
            DateTime d => ("dt", d.ToString("O", CultureInfo.InvariantCulture)),
            TimeSpan t => ("ts", t.ToString("c", CultureInfo.InvariantCulture)),
            DateOnly d => ("d", d.ToString("O", CultureInfo.InvariantCulture)),
            TimeOnly t => ("to", t.ToString("O", CultureInfo.InvariantCulture)),
            Guid g => ("g", g.ToString("N")),
            decimal m => ("m", m.ToString(CultureInfo.InvariantCulture)),
            double f => ("f", f.ToString("R", CultureInfo.InvariantCulture)),
            float f => ("f", ((double)f).ToString("R", CultureInfo.InvariantCulture)),
            _ => ("l", Convert.ToString(value, CultureInfo.InvariantCulture)!),
        };
        w.WriteStartObject();
        w.WriteString("$", tag);
        w.WriteString("v", text);
        w.WriteEndObject();
    }

    private static object? Untag(string tag, JsonElement v)
    {
        if (tag == "o") return ReadObject(v);
        if (tag == "json") return JsonNode.Parse(v.GetRawText());
        var text = v.GetString()!;
        return tag switch
        {
            "t" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
            "dt" => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            "ts" => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture),
            "d" => DateOnly.Parse(text, CultureInfo.InvariantCulture),
            "to" => TimeOnly.Parse(text, CultureInfo.InvariantCulture),
            "g" => Guid.ParseExact(text, "N"),
            "m" => decimal.Parse(text, CultureInfo.InvariantCulture),
            "f" => double.Parse(text, CultureInfo.InvariantCulture),
            "l" => long.Parse(text, CultureInfo.InvariantCulture),
            _ => throw new StateFormatException($"A stored value has the unknown tag {tag}."),
        };
    }
}
