using System.Globalization;
using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>
/// The engine looks at its limits between statements; a native function may turn for minutes or fill the memory between two of them.
/// So every native function that does more than a little looks at the limits first, takes texts and lists of a bounded size only,
/// and those whose result or time grows faster than what they are given are replaced by ones that count. What routines have no use
/// for (typed arrays, proxies, promises, big integers, iterator helpers …) is taken away. And what is left stays what it is: who judges
/// a script by what it calls relies on it.
/// </summary>
internal sealed partial class ScriptNatives
{
    /// <summary>Longest list.</summary>
    public const int MaxItems = 100_000;

    public const string TooLong = "Skriptet arbetar med en för lång text och stoppades.";
    public const string TooManyItems = "Skriptet arbetar med en för lång lista och stoppades.";

    /// <summary>Longest text, in characters, that a native function takes or gives.</summary>
    private const int MaxText = 1_000_000;

    /// <summary>Longest text that becomes one value a character.</summary>
    private const int MaxWalked = 20_000;

    /// <summary>Characters compared at most when a text is searched for in a text.</summary>
    private const long MaxCompared = 2_000_000_000;

    private const int MaxCompare = 10_000;
    private const int CheckEvery = 64;
    private const int MaxJsonDepth = 100;

    public static CultureInfo Swedish { get; } = CultureInfo.GetCultureInfo("sv-SE");

    internal static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "Infinity", "NaN", "undefined", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape", "isFinite", "isNaN", "toString",
        "Array", "Boolean", "Date", "Error", "EvalError", "Function", "JSON", "Map", "Math", "Number", "Object", "RangeError", "ReferenceError", "RegExp",
        "Set", "String", "Symbol", "SyntaxError", "TypeError", "URIError", "parseFloat", "parseInt", "globalThis",
    };

    private static readonly string[] Fixed =
    [
        "Object", "Function", "Array", "String", "Number", "Boolean", "Symbol", "Date", "RegExp", "Map", "Set",
        "Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError",
    ];

    private static readonly string[] SetOperations = ["union", "intersection", "difference", "symmetricDifference", "isSubsetOf", "isSupersetOf", "isDisjointFrom"];

    // Natives that call what they are given once for each item: a native function given to one is looked at for each call.
    private static readonly HashSet<string> Callers = new(StringComparer.Ordinal)
    {
        "map", "filter", "forEach", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "reduce", "reduceRight", "flatMap", "sort", "toSorted",
        "from", "groupBy", "parse", "getOrInsertComputed",
    };

    private readonly Jint.Engine _engine;
    private readonly List<ObjectInstance> _joining = [];
    private int _turns;

    private ScriptNatives(Jint.Engine engine) => _engine = engine;

    /// <summary>Bounds the native functions of an engine in which nothing has been run.</summary>
    public static void Bound(Jint.Engine engine) => new ScriptNatives(engine).Bound();

    private void Bound()
    {
        var global = _engine.Global;
        // The prototype of what walks lists and texts is reachable by way of any list.
        foreach (var key in Prototype("Iterator").GetOwnPropertyKeys(Types.String)) Prototype("Iterator").RemoveOwnProperty(key);
        foreach (var key in global.GetOwnPropertyKeys(Types.String))
            if (!Kept.Contains(key.ToString())) global.RemoveOwnProperty(key);
        foreach (var name in SetOperations) Prototype("Set").RemoveOwnProperty(name);
        Constructor("String").RemoveOwnProperty("raw");
        Constructor("Array").RemoveOwnProperty("fromAsync");

        foreach (var name in (string[])["Array", "String", "RegExp", "Map", "Set", "Number", "Date", "Function"])
        {
            BoundAll(Constructor(name), MaxText);
            BoundAll(Prototype(name), MaxText);
        }

        BoundAll(Constructor("Object"), MaxWalked);
        BoundAll(global.Get("JSON").AsObject(), MaxText);
        foreach (var name in (string[])["decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape", "parseFloat", "parseInt"]) Bound(global, name, MaxText);
        Lists(Prototype("Array"));
        Texts(Prototype("String"));
        RegularExpressions();
        Json(global.Get("JSON").AsObject());
        Dates(Prototype("Date"));
        foreach (var name in Fixed)
        {
            Fix(Constructor(name));
            Fix(Prototype(name));
        }

        foreach (var name in (string[])["JSON", "Math"]) Fix(global.Get(name).AsObject());
        global.FastSetProperty(ScriptShape.WalkGuard, new PropertyDescriptor(Native(ScriptShape.WalkGuard, (_, a) => Limited(At(a, 0), MaxWalked)), PropertyFlag.AllForbidden));
    }

    /// <summary>A script neither changes nor adds to it.</summary>
    private static void Fix(ObjectInstance holder)
    {
        foreach (var key in holder.GetOwnPropertyKeys(Types.String | Types.Symbol))
        {
            var property = holder.GetOwnProperty(key);
            property.Configurable = false;
            if (property.IsDataDescriptor()) property.Writable = false;
        }

        holder.PreventExtensions();
    }

    private ObjectInstance Constructor(string name) => _engine.Global.Get(name).AsObject();

    private ObjectInstance Prototype(string name) => Constructor(name).Get("prototype").AsObject();

    private ClrFunction Native(string name, Func<JsValue, JsValue[], JsValue> f) => new(_engine, name, f);

    private static JsValue At(JsValue[] args, int i) => i < args.Length ? args[i] : JsValue.Undefined;

    private static void Put(ObjectInstance holder, JsValue key, JsValue value) => holder.FastSetProperty(key, new PropertyDescriptor(value, PropertyFlag.Configurable | PropertyFlag.Writable));

    private static ExpressionException Stop(string message) => new(message);

    private static JsValue Limited(JsValue value, int length)
    {
        if (value is JsString s && s.Length > length) throw Stop(TooLong);
        return value;
    }

    private static string Text(JsValue value, int length = MaxText)
    {
        Limited(value, length);
        var text = TypeConverter.ToString(value);
        return text.Length > length ? throw Stop(TooLong) : text;
    }

    private void CheckNowAndThen()
    {
        if (++_turns % CheckEvery == 0) _engine.Constraints.Check();
    }

    private void BoundAll(ObjectInstance holder, int length)
    {
        foreach (var key in holder.GetOwnPropertyKeys(Types.String | Types.Symbol))
            if (key.ToString() != "constructor" && key.ToString() != "prototype") Bound(holder, key, length);
    }

    private void Bound(ObjectInstance holder, JsValue key, int length)
    {
        if (holder.GetOwnProperty(key) is not { } property || !property.IsDataDescriptor()) return;
        // Made when a script asks for it: an engine has hundreds, a script uses three.
        holder.FastSetProperty(key, PropertyDescriptor.CreateLazy(
            () => property.Value is Function native ? Bounded(native, key.ToString(), length) : property.Value!, PropertyFlag.Configurable | PropertyFlag.Writable));
    }

    private ClrFunction Bounded(Function native, string name, int length)
    {
        var calls = Callers.Contains(name);
        return Native(name, (self, args) =>
        {
            _engine.Constraints.Check();
            Limited(self, length);
            foreach (var a in args) Limited(a, length);
            if (calls) args = [.. args.Select(Looked)];
            return native.Call(self, args);
        });
    }

    /// <summary>A native function that another native function calls again and again.</summary>
    private JsValue Looked(JsValue value) => value is ObjectInstance f and not ScriptFunction && f.IsCallable()
        ? Native("", (self, args) =>
        {
            _engine.Constraints.Check();
            return f.Call(self, args);
        })
        : value;

    private void Dates(ObjectInstance date)
    {
        foreach (var (name, day, time) in ((string, bool, bool)[])[("toLocaleDateString", true, false), ("toLocaleTimeString", false, true), ("toLocaleString", true, true)])
        {
            Put(date, name, Native(name, (self, a) =>
            {
                _engine.Constraints.Check();
                return self is JsDate d ? ScriptDates.Write(d, a, day, time) : throw Stop($"{name} behöver ett datum.");
            }));
        }
    }
}
