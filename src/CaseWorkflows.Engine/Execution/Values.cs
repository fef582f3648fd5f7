using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Execution;

/// <summary>
/// Conversions between what expressions give, what activities want and what is stored. Values at rest are null, bool, numbers,
/// strings, dates, lists (<c>List&lt;object?&gt;</c>) and dictionaries (<c>Dictionary&lt;string, object?&gt;</c>).
/// </summary>
public static class Values
{
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");
    private static readonly CultureInfo American = CultureInfo.GetCultureInfo("en-US");
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Objects = new(JsonSerializerDefaults.Web);

    /// <exception cref="FormatException">The value cannot become that type.</exception>
    public static T? ConvertTo<T>(object? value) => value is T t ? t : (T?)ConvertTo(value, typeof(T));

    /// <exception cref="FormatException">The value cannot become that type.</exception>
    public static object? ConvertTo(object? value, Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type == typeof(object)) return value;
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null || (value is string { Length: 0 } && target != typeof(string))) return Absent(type);
        if (target.IsInstanceOfType(value)) return value;
        if (value is JsonNode or JsonElement && !typeof(JsonNode).IsAssignableFrom(target)) return ConvertTo(value is JsonNode n ? FromJson(n) : FromElement((JsonElement)value), type);
        try
        {
            return Convert(value, target) ?? throw Unreadable(value, target, null);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or ArgumentException or JsonException or NotSupportedException or InvalidOperationException || (e is FormatException and not ValueException))
        {
            throw Unreadable(value, target, e);
        }
    }

    /// <summary>How a value reads as text: true, 3, 2.5, ISO dates, JSON for lists and objects.</summary>
    public static string ToText(object? value) => value switch
    {
        null => "",
        string s => s,
        bool b => b ? "true" : "false",
        DateTimeOffset d => d.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        DateTime d => d.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>(),
        IDictionary or IList or JsonNode => ToJson(value)?.ToJsonString(Relaxed) ?? "",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        JsonNode n => n.DeepClone(),
        string s => JsonValue.Create(s),
        bool b => JsonValue.Create(b),
        int i => JsonValue.Create(i),
        long l => JsonValue.Create(l),
        double d => double.IsFinite(d) ? JsonValue.Create(d) : null,
        decimal m => JsonValue.Create(m),
        float f => float.IsFinite(f) ? JsonValue.Create(f) : null,
        Guid g => JsonValue.Create(g.ToString()),
        DateTimeOffset or DateTime or DateOnly or TimeSpan or TimeOnly => JsonValue.Create(ToText(value)),
        Enum e => JsonValue.Create(e.ToString()),
        JsonElement e => JsonNode.Parse(e.GetRawText()),
        IReadOnlyDictionary<string, object?> d => ToJsonObject(d),
        IDictionary d => FromDictionary(d),
        IEnumerable e => FromEnumerable(e),
        short or byte or uint or ulong => JsonValue.Create(System.Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), Objects),
    };

    public static JsonObject ToJsonObject(IReadOnlyDictionary<string, object?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var o = new JsonObject();
        foreach (var (k, v) in values) o[k] = ToJson(v);
        return o;
    }

    /// <summary>JSON as plain values. An Elsa list wrapper <c>{"_items": […]}</c> is read as its list, and <c>_type</c> is dropped.</summary>
    public static object? FromJson(JsonNode? node) => node switch
    {
        null => null,
        JsonArray a => a.Select(FromJson).ToList(),
        JsonObject o when o.TryGetPropertyValue("_items", out var items) && items is JsonArray list => FromJson(list),
        JsonObject o => o.Where(p => p.Key != "_type").ToDictionary(p => p.Key, p => FromJson(p.Value), StringComparer.Ordinal),
        JsonValue v => FromScalar(v),
        _ => null,
    };

    private static object? FromScalar(JsonValue v)
    {
        switch (v.GetValueKind())
        {
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.String: return v.TryGetValue<string>(out var s) ? s : v.ToString();
            case JsonValueKind.Number:
                var text = v.ToJsonString();
                if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var l)) return l is >= int.MinValue and <= int.MaxValue ? (object)(int)l : l;
                return double.Parse(text, CultureInfo.InvariantCulture);
            default: return null;
        }
    }

    private static object? FromElement(JsonElement e) => FromJson(JsonNode.Parse(e.GetRawText()));

    private static object? Absent(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;

    private static ValueException Unreadable(object value, Type target, Exception? inner)
    {
        var message = $"”{Shown(value)}” ({ValueKinds.Given(value)}) är inte {ValueKinds.Wanted(target)}.";
        return inner is null ? new ValueException(message) : new ValueException(message, inner);
    }

    private static string Shown(object value)
    {
        var text = ToText(value);
        return text.Length > 60 ? text[..60] + "…" : text;
    }

    private static object? Convert(object value, Type target)
    {
        if (target == typeof(string)) return ToText(value);
        if (typeof(JsonNode).IsAssignableFrom(target)) return ToJsonNode(value, target);
        if (target == typeof(bool)) return ToBool(value);
        if (target == typeof(TimeSpan)) return value is string ts ? TimeSpan.Parse(ts, CultureInfo.InvariantCulture) : TimeSpan.FromMilliseconds(Number(value));
        if (target == typeof(DateTimeOffset)) return ToInstant(value);
        if (target == typeof(DateTime)) return value is DateTimeOffset o ? o.UtcDateTime : ToInstant(value).UtcDateTime;
        if (target == typeof(DateOnly)) return value is string ds ? DateOnly.FromDateTime(DateTime.Parse(ds, CultureInfo.InvariantCulture)) : DateOnly.FromDateTime(ToInstant(value).DateTime);
        if (target == typeof(TimeOnly)) return TimeOnly.Parse(ToText(value), CultureInfo.InvariantCulture);
        if (target == typeof(Guid)) return Guid.Parse(ToText(value));
        if (target.IsEnum) return value is string es ? Enum.Parse(target, es, ignoreCase: true) : Enum.ToObject(target, System.Convert.ToInt32(value, CultureInfo.InvariantCulture));
        if (target.IsPrimitive || target == typeof(decimal)) return ToNumber(value, target);
        if (typeof(IDictionary).IsAssignableFrom(target) || IsGeneric(target, typeof(IDictionary<,>)) || IsGeneric(target, typeof(IReadOnlyDictionary<,>))) return ToDictionary(value, target);
        if (target != typeof(string) && typeof(IEnumerable).IsAssignableFrom(target)) return ToList(value, target);
        return ToJson(value is string json && json.TrimStart() is ['{' or '[', ..] ? JsonNode.Parse(json) : value)?.Deserialize(target, Objects);
    }

    private static JsonNode? ToJsonNode(object value, Type target)
    {
        var node = value is string s && s.TrimStart() is ['{' or '[', ..] ? JsonNode.Parse(s) : ToJson(value);
        return target.IsInstanceOfType(node) ? node : null;
    }

    private static bool ToBool(object value) => value switch
    {
        string s => bool.Parse(s),
        IList or IDictionary => true,
        _ => Number(value) != 0,
    };

    private static double Number(object value) => value is string s ? double.Parse(s.Replace(',', '.'), CultureInfo.InvariantCulture) : System.Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static object ToNumber(object value, Type target) => value is string s
        ? target == typeof(double) || target == typeof(float) || target == typeof(decimal)
            ? System.Convert.ChangeType(s.Replace(',', '.'), target, CultureInfo.InvariantCulture)
            : System.Convert.ChangeType(s.Trim(), target, CultureInfo.InvariantCulture)
        : System.Convert.ChangeType(value, target, CultureInfo.InvariantCulture);

    private static DateTimeOffset ToInstant(object value)
    {
        switch (value)
        {
            case DateTimeOffset o: return o;
            case DateTime d: return d.Kind == DateTimeKind.Local ? new DateTimeOffset(d) : new DateTimeOffset(DateTime.SpecifyKind(d, DateTimeKind.Unspecified), d.Kind == DateTimeKind.Utc ? TimeSpan.Zero : SwedishTime.Offset(d));
            case DateOnly d: return SwedishTime.At(d.ToDateTime(TimeOnly.MinValue));
            case string s:
                if (s.Length > 10 && (s.EndsWith('Z') || s.LastIndexOfAny(['+', '-']) > 9) && DateTimeOffset.TryParse(s, CultureInfo.InvariantCulture, DateTimeStyles.None, out var offset)) return offset;
                foreach (var culture in (CultureInfo[])[CultureInfo.InvariantCulture, Swedish, American])
                {
                    if (DateTime.TryParse(s, culture, DateTimeStyles.None, out var local)) return SwedishTime.At(local);
                }

                throw new ValueException($"\"{s}\" är inte en tidpunkt. Skriv till exempel 2026-03-31 08:00.");
            default: return DateTimeOffset.FromUnixTimeMilliseconds((long)Number(value));
        }
    }

    private static bool IsGeneric(Type type, Type open) => type.IsGenericType && type.GetGenericTypeDefinition() == open;

    private static object? ToDictionary(object value, Type target)
    {
        if (value is string s) value = FromJson(JsonNode.Parse(s)) ?? new Dictionary<string, object?>();
        if (value is not IDictionary and not IEnumerable<KeyValuePair<string, object?>>) value = FromJson(ToJson(value)) ?? value;
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (value is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            foreach (var (k, v) in pairs) result[k] = v;
        }
        else if (value is IDictionary d)
        {
            foreach (DictionaryEntry e in d) result[ToText(e.Key)] = e.Value;
        }
        else
        {
            return null;
        }

        return target.IsInstanceOfType(result) ? result : ToJsonObject(result).Deserialize(target, Objects);
    }

    private static object? ToList(object value, Type target)
    {
        if (value is string s)
        {
            if (s.TrimStart() is ['[', ..]) value = FromJson(JsonNode.Parse(s)) ?? new List<object?>();
            else value = new List<object?> { s };
        }

        if (value is IDictionary || value is not IEnumerable items) return null;
        var itemType = target.IsArray ? target.GetElementType()! : target.IsGenericType ? target.GetGenericArguments()[0] : typeof(object);
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        foreach (var item in items) list.Add(ConvertTo(item, itemType));
        if (!target.IsArray) return target.IsInstanceOfType(list) ? list : null;
        var array = Array.CreateInstance(itemType, list.Count);
        list.CopyTo(array, 0);
        return array;
    }

    private static JsonObject FromDictionary(IDictionary d)
    {
        var o = new JsonObject();
        foreach (DictionaryEntry e in d) o[ToText(e.Key)] = ToJson(e.Value);
        return o;
    }

    private static JsonArray FromEnumerable(IEnumerable e)
    {
        var a = new JsonArray();
        foreach (var item in e) a.Add(ToJson(item));
        return a;
    }
}
