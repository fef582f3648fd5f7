using System.Collections;
using System.Globalization;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Text;
using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>
/// Values in and out of the script engine, by copy: a script never holds an object of the host. What comes out is bounded in size, and
/// its texts are sound: this is the one way by which a script's texts enter the product.
/// </summary>
internal static class ScriptValues
{
    // Well below the 64 levels that JSON is written and read with: what holds the value (an answer, a form, a journal entry) has levels of its own.
    private const int MaxDepth = 32;
    private const int MaxValues = 100_000;
    private const int MaxCharacters = 2_000_000;

    public static JsValue ToJs(Jint.Engine engine, object? value) => value switch
    {
        null => JsValue.Null,
        JsValue v => v,
        string s => JsString.Create(s),
        bool b => b ? JsBoolean.True : JsBoolean.False,
        int i => JsNumber.Create(i),
        double d => JsNumber.Create(d),
        long or decimal or float or short or byte or uint or ulong => JsNumber.Create(System.Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        DateTimeOffset t => new JsDate(engine, t),
        DateTime t => new JsDate(engine, Values.ConvertTo<DateTimeOffset>(t)),
        System.Text.Json.Nodes.JsonNode n => ToJs(engine, Values.FromJson(n)),
        IReadOnlyDictionary<string, object?> d => Object(engine, d),
        IDictionary d => Object(engine, d.Keys.Cast<object>().ToDictionary(k => Values.ToText(k), k => d[k])),
        Guid or TimeSpan or DateOnly or TimeOnly or Enum => JsString.Create(Values.ToText(value)),
        IEnumerable e => new JsArray(engine, [.. e.Cast<object?>().Select(v => ToJs(engine, v))]),
        _ => ToJs(engine, Values.FromJson(Values.ToJson(value))),
    };

    /// <exception cref="ExpressionException">The value is too deep, too large, or a date that no calendar has.</exception>
    public static object? FromJs(JsValue value) => new Reading().Read(value, 0);

    /// <summary>Of an error that says nothing.</summary>
    public const string Thrown = "Skriptet kastade ett fel.";

    public static string ErrorText(JsValue error)
    {
        if (!error.IsObject()) return Values.ToText(FromJs(error)) is { } said && !string.IsNullOrWhiteSpace(said) ? said : Thrown;
        var message = error.AsObject().Get("message");
        return message.IsString() && Shortened(message.AsString()) is { Length: > 0 } text ? Swedish(SoundText.Of(text)) ?? OfKind(error.AsObject(), SoundText.Of(text)) : Thrown;
    }

    private static string Shortened(string message) => message.Length > 2_000 ? message[..2_000] + "…" : message;

    // What the script engine itself says of the commonest slips; what a script throws is its author's words.
    private static string? Swedish(string message)
    {
        const string Undefined = " is not defined", Property = "Property '", NoFunction = "' of object is not a function", Early = "Cannot access '";
        if (message.EndsWith(Undefined, StringComparison.Ordinal)) return $"’{message[..^Undefined.Length]}’ finns inte";
        if (message.StartsWith(Property, StringComparison.Ordinal) && message.EndsWith(NoFunction, StringComparison.Ordinal))
            return $"’{message[Property.Length..^NoFunction.Length]}’ finns inte att anropa";
        if (message.EndsWith(" is not a function", StringComparison.Ordinal)) return $"’{message[..^" is not a function".Length]}’ går inte att anropa";
        if (message.StartsWith("Cannot read propert", StringComparison.Ordinal)) return "Skriptet kunde inte köras. Läser det något ur ett värde som saknas?";
        if (message.StartsWith("Cannot set propert", StringComparison.Ordinal)) return "Skriptet kunde inte köras. Skriver det något i ett värde som saknas?";
        if (message.StartsWith(Early, StringComparison.Ordinal)) return $"’{message[Early.Length..].Split('\'')[0]}’ används innan det har fått ett värde";
        return message switch
        {
            "Assignment to constant variable." => "ett namn som är gjort med const kan inte få ett nytt värde",
            "Invalid string length" => ScriptNatives.TooLong,
            "Invalid array length" or "Invalid array-like length" => ScriptNatives.TooManyItems,
            "String compilation has been disabled in engine options" => "eval och new Function finns inte här",
            _ when message.StartsWith("Max. depth level of JSON", StringComparison.Ordinal) => "JSON-texten är för djup",
            _ when message.StartsWith("Invalid regular expression", StringComparison.Ordinal) => "ett reguljärt uttryck går inte att tolka",
            _ => null,
        };
    }

    /// <summary>A plain error is its author's; of the other kinds the engine is the author, nearly always and in English.</summary>
    private static string OfKind(ObjectInstance error, string message) => error.Get("name") is var name && name.IsString() ? name.AsString() switch
    {
        "TypeError" => "Ett värde är av fel slag för det som görs med det",
        "RangeError" => "Ett värde är större eller mindre än vad som går",
        "ReferenceError" => "Ett namn finns inte",
        "SyntaxError" => "En text går inte att tolka",
        "URIError" => "En adress går inte att avkoda",
        _ => message,
    } : message;

    private static LenientObject Object(Jint.Engine engine, IReadOnlyDictionary<string, object?> values)
    {
        var o = new LenientObject(engine);
        foreach (var (key, v) in values) o.FastSetDataProperty(key, ToJs(engine, v));
        return o;
    }

    /// <summary>One reading, with what it has seen so far.</summary>
    private sealed class Reading
    {
        private int _values;
        private long _characters;

        public object? Read(JsValue value, int depth)
        {
            if (depth > MaxDepth) throw new ExpressionException("Skriptet gav ett värde som är för djupt eller pekar på sig självt.");
            if (++_values > MaxValues) throw TooLarge();
            if (value.IsString()) return Sound(value.AsString());
            if (value.IsBoolean()) return value.AsBoolean();
            if (value.IsNumber()) return Number(value.AsNumber());
            if (!value.IsObject()) return null;
            switch (value.AsObject())
            {
                case JsDate d:
                    return Date(d.DateValue);
                case JsArray a:
                    if (a.Length > MaxValues) throw TooLarge();
                    var list = new List<object?>((int)a.Length);
                    for (var i = 0; i < a.Length; i++) list.Add(Read(a.Get(JsNumber.Create(i)), depth + 1));
                    return list;
                case Function or BindFunction:
                    return null;
                case var o when Primitive(o) is { } primitive:
                    return Read(primitive, depth + 1);
                case var o:
                    var result = new Dictionary<string, object?>(StringComparer.Ordinal);
                    foreach (var (key, property) in o.GetOwnProperties().ToList())
                    {
                        if (key.IsString() && property.Enumerable && o.Get(key) is var v && !v.IsUndefined()) result[Sound(key.AsString())] = Read(v, depth + 1);
                    }

                    return result;
            }
        }

        private static ExpressionException TooLarge() => new("Skriptet gav ett för stort värde.");

        private string Sound(string text)
        {
            _characters += text.Length;
            if (_characters > MaxCharacters) throw TooLarge();
            return SoundText.Of(text);
        }

        private static DateTimeOffset? Date(double milliseconds)
        {
            if (double.IsNaN(milliseconds)) return null;
            var (first, last) = (DateTimeOffset.MinValue.AddDays(2), DateTimeOffset.MaxValue.AddDays(-2));
            if (milliseconds < first.ToUnixTimeMilliseconds() || milliseconds > last.ToUnixTimeMilliseconds()) throw new ExpressionException("Skriptet gav ett datum utanför åren 1–9999.");
            return DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
        }

        /// <summary>What <c>new String("x")</c> and its like hold.</summary>
        private static JsValue? Primitive(ObjectInstance o)
        {
            if (o.GetType() == typeof(JsObject) || o is LenientObject || o.Prototype?.Get("constructor") is not Function constructor) return null;
            return constructor.Get("name").ToString() is "String" or "Number" or "Boolean" ? o.Get("valueOf").Call(o, []) : null;
        }

        /// <summary>
        /// A whole number is an int or a long, as in the definitions, not a double that happens to be whole. What is no number becomes null, as
        /// JSON has it: nothing could store or show it.
        /// </summary>
        private static object? Number(double n) => n switch
        {
            _ when !double.IsFinite(n) => null,
            _ when n != Math.Truncate(n) || Math.Abs(n) > 9007199254740991 => n,
            >= int.MinValue and <= int.MaxValue => (object)(int)n,
            _ => (long)n,
        };
    }

    /// <summary>Finds <c>output</c> where the value is called <c>Output</c>, and the other way, as scripts written for Elsa expect.</summary>
    private sealed class LenientObject : ObjectInstance
    {
        public LenientObject(Jint.Engine engine)
            : base(engine)
        {
            Prototype = engine.Intrinsics.Object.Get("prototype").AsObject();
        }

        public override JsValue Get(JsValue property, JsValue receiver)
        {
            if (!property.IsString() || HasOwnProperty(property)) return base.Get(property, receiver);
            var name = property.AsString();
            if (name.Length == 0) return base.Get(property, receiver);
            JsValue other = JsString.Create((char.IsUpper(name[0]) ? char.ToLowerInvariant(name[0]) : char.ToUpperInvariant(name[0])) + name[1..]);
            return HasOwnProperty(other) ? base.Get(other, receiver) : base.Get(property, receiver);
        }
    }
}
