using System.Collections;
using CaseWorkflows.Engine.Execution;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Date;
using Jint.Native.Object;
using Jint.Runtime;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>Values in and out of the script engine, by copy: a script never holds an object of the host.</summary>
internal static class ScriptValues
{
    private const int MaxDepth = 64;

    public static JsValue ToJs(Jint.Engine engine, object? value) => value switch
    {
        null => JsValue.Null,
        JsValue v => v,
        string s => new JsValue(s),
        bool b => new JsValue(b),
        int i => new JsValue(i),
        double d => new JsValue(d),
        long or decimal or float or short or byte or uint or ulong => new JsValue(System.Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
        DateTimeOffset t => engine.Date.Construct(t),
        DateTime t => engine.Date.Construct(Values.ConvertTo<DateTimeOffset>(t)),
        System.Text.Json.Nodes.JsonNode n => ToJs(engine, Values.FromJson(n)),
        IReadOnlyDictionary<string, object?> d => Object(engine, d),
        IDictionary d => Object(engine, d.Keys.Cast<object>().ToDictionary(k => Values.ToText(k), k => d[k])),
        Guid or TimeSpan or DateOnly or TimeOnly or Enum => new JsValue(Values.ToText(value)),
        IEnumerable e => engine.Array.Construct([.. e.Cast<object?>().Select(v => ToJs(engine, v))]) is { } a ? a : JsValue.Null,
        _ => ToJs(engine, Values.FromJson(Values.ToJson(value))),
    };

    public static object? FromJs(JsValue value) => FromJs(value, 0);

    public static string ErrorText(JsValue error)
    {
        if (!error.IsObject()) return Values.ToText(FromJs(error));
        var message = error.AsObject().Get("message");
        return message.IsString() && message.AsString() is { Length: > 0 } text ? Swedish(text) : "Skriptet kastade ett fel.";
    }

    // What the script engine itself says of the commonest slips; what a script throws is its author's words.
    private static string Swedish(string message)
    {
        const string Undefined = " is not defined", Method = "Object has no method '", Property = "Property '", NoFunction = "' of object is not a function";
        if (message.EndsWith(Undefined, StringComparison.Ordinal)) return $"’{message[..^Undefined.Length]}’ finns inte";
        if (message.StartsWith(Method, StringComparison.Ordinal)) return $"’{message[Method.Length..].TrimEnd('\'')}’ finns inte att anropa";
        if (message.StartsWith(Property, StringComparison.Ordinal) && message.EndsWith(NoFunction, StringComparison.Ordinal))
            return $"’{message[Property.Length..^NoFunction.Length]}’ går inte att anropa";
        return message;
    }

    private static object? FromJs(JsValue value, int depth)
    {
        if (depth > MaxDepth) throw new ExpressionException("Skriptet gav ett värde som är för djupt eller pekar på sig självt.");
        if (value.IsString()) return value.AsString();
        if (value.IsBoolean()) return value.AsBoolean();
        if (value.IsNumber()) return Number(value.AsNumber());
        if (!value.IsObject()) return null;
        switch (value.AsObject())
        {
            case DateInstance d:
                return double.IsNaN(d.PrimitiveValue) ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)d.PrimitiveValue);
            case ArrayInstance a:
                var length = (int)Math.Min(TypeConverter.ToUint32(a.Get("length")), 100_000);
                var list = new List<object?>(length);
                for (var i = 0; i < length; i++) list.Add(FromJs(a.Get(i.ToString(System.Globalization.CultureInfo.InvariantCulture)), depth + 1));
                return list;
            case Jint.Native.Function.FunctionInstance:
                return null;
            case Jint.Native.String.StringInstance s:
                return s.PrimitiveValue.AsString();
            case Jint.Native.Number.NumberInstance n:
                return Number(n.PrimitiveValue.AsNumber());
            case Jint.Native.Boolean.BooleanInstance b:
                return b.PrimitiveValue.AsBoolean();
            case var o:
                var result = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var (key, property) in o.GetOwnProperties())
                {
                    if (property.Enumerable == true && o.Get(key) is var v && !v.IsUndefined()) result[key] = FromJs(v, depth + 1);
                }

                return result;
        }
    }

    /// <summary>A whole number is an int or a long, as in the definitions, not a double that happens to be whole.</summary>
    private static object Number(double n) => n switch
    {
        _ when n != Math.Truncate(n) || Math.Abs(n) > 9007199254740991 => n,
        >= int.MinValue and <= int.MaxValue => (object)(int)n,
        _ => (long)n,
    };

    private static LenientObject Object(Jint.Engine engine, IReadOnlyDictionary<string, object?> values)
    {
        var o = new LenientObject(engine) { Extensible = true, Prototype = engine.Object.PrototypeObject };
        foreach (var (key, v) in values) o.FastAddProperty(key, ToJs(engine, v), true, true, true);
        return o;
    }

    /// <summary>Finds <c>output</c> where the value is called <c>Output</c>, and the other way, as scripts written for Elsa expect.</summary>
    private sealed class LenientObject(Jint.Engine engine) : ObjectInstance(engine)
    {
        public override JsValue Get(string propertyName)
        {
            if (propertyName.Length == 0 || HasOwnProperty(propertyName)) return base.Get(propertyName);
            var first = propertyName[0];
            var other = (char.IsUpper(first) ? char.ToLowerInvariant(first) : char.ToUpperInvariant(first)) + propertyName[1..];
            return HasOwnProperty(other) ? base.Get(other) : base.Get(propertyName);
        }
    }
}
