using System.Globalization;
using System.Text;
using CaseWorkflows.Engine.Text;
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
/// for (typed arrays, proxies, promises, big integers, iterator helpers …) is taken away.
/// </summary>
internal sealed class ScriptNatives
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

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "Infinity", "NaN", "undefined", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape", "isFinite", "isNaN", "toString",
        "Array", "Boolean", "Date", "Error", "EvalError", "Function", "JSON", "Map", "Math", "Number", "Object", "RangeError", "ReferenceError", "RegExp",
        "Set", "String", "Symbol", "SyntaxError", "TypeError", "URIError", "parseFloat", "parseInt", "globalThis",
    };

    private static readonly string[] SetOperations = ["union", "intersection", "difference", "symmetricDifference", "isSubsetOf", "isSupersetOf", "isDisjointFrom"];

    // Natives that call what they are given once for each item: a native function given to one is looked at for each call.
    private static readonly HashSet<string> Callers = new(StringComparer.Ordinal)
    {
        "map", "filter", "forEach", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "reduce", "reduceRight", "flatMap", "sort", "toSorted",
        "from", "groupBy", "parse", "getOrInsertComputed",
    };

    // A pattern made at run time is bounded like a written one.
    private static readonly Prepared<Acornima.Ast.Script> Patterns = Jint.Engine.PrepareScript(
        "(function (original, check) { "
        + "function RegExp(pattern, flags) { return flags === undefined ? new original(check(pattern)) : new original(check(pattern), flags); } "
        + "RegExp.prototype = original.prototype; original.prototype.constructor = RegExp; return RegExp; })");

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
        global.FastSetProperty(ScriptShape.WalkGuard, new PropertyDescriptor(Native(ScriptShape.WalkGuard, (_, a) => Limited(At(a, 0), MaxWalked)), PropertyFlag.AllForbidden));
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

    private void Lists(ObjectInstance array)
    {
        Put(array, "join", Native("join", (self, a) => Join(self, At(a, 0).IsUndefined() ? "," : Text(At(a, 0)))));
        Put(array, "toString", Native("toString", (self, _) => AsList(self)));
        Put(array, "toLocaleString", Native("toLocaleString", (self, _) => AsList(self)));
        Put(array, "concat", Native("concat", (self, a) => Concat([self, .. a])));
        Put(array, "flat", Native("flat", (self, a) => Flat(self, At(a, 0).IsUndefined() ? 1 : TypeConverter.ToIntegerOrInfinity(At(a, 0)))));
        var map = array.Get("map");
        Put(array, "flatMap", Native("flatMap", (self, a) => Flat(map.Call(self, a), 1)));
    }

    private static JsValue AsList(JsValue self)
    {
        if (self is not ObjectInstance o) return TypeConverter.ToString(self);
        var join = o.Get("join");
        return join.IsCallable() ? join.Call(o, []) : "[object Object]";
    }

    private JsValue Join(JsValue self, string separator)
    {
        _engine.Constraints.Check();
        if (self is not ObjectInstance o) return self.IsString() ? string.Join(separator, Text(self, MaxWalked).ToCharArray()) : "";
        if (_joining.Contains(o)) return "";
        _joining.Add(o);
        try
        {
            var length = TypeConverter.ToLength(o.Get("length"));
            var result = new StringBuilder();
            for (ulong i = 0; i < length; i++)
            {
                CheckNowAndThen();
                if (i > 0) result.Append(separator);
                var item = o.Get(JsNumber.Create((double)i));
                if (!item.IsUndefined() && !item.IsNull()) result.Append(Text(item));
                if (result.Length > MaxText) throw Stop(TooLong);
            }

            return result.ToString();
        }
        finally
        {
            _joining.Remove(o);
        }
    }

    private JsArray Concat(JsValue[] parts)
    {
        _engine.Constraints.Check();
        var result = new List<JsValue>();
        foreach (var part in parts)
        {
            if (part is JsArray list) Append(result, list);
            else result.Add(part);
            if (result.Count > MaxItems) throw Stop(TooManyItems);
        }

        return new JsArray(_engine, [.. result]);
    }

    private void Append(List<JsValue> result, JsArray list)
    {
        if (result.Count + list.Length > MaxItems) throw Stop(TooManyItems);
        for (var i = 0; i < list.Length; i++)
        {
            CheckNowAndThen();
            result.Add(list.Get(JsNumber.Create(i)));
        }
    }

    private JsArray Flat(JsValue self, double depth)
    {
        _engine.Constraints.Check();
        var result = new List<JsValue>();
        var open = new Stack<(JsArray List, uint Next)>();
        if (self is not JsArray list) throw Stop("Bara en lista kan plattas ut.");
        open.Push((list, 0));
        while (open.TryPop(out var at))
        {
            CheckNowAndThen();
            if (at.Next >= at.List.Length) continue;
            open.Push((at.List, at.Next + 1));
            var item = at.List.Get(JsNumber.Create(at.Next));
            if (item is JsArray inner && open.Count <= depth) open.Push((inner, 0));
            else result.Add(item);
            if (result.Count > MaxItems || open.Count > MaxItems) throw Stop(TooManyItems);
        }

        return new JsArray(_engine, [.. result]);
    }

    private void Texts(ObjectInstance text)
    {
        Put(text, "concat", Native("concat", (self, a) => Joined([self, .. a])));
        Put(text, "repeat", Native("repeat", (self, a) => Repeat(Text(self), TypeConverter.ToIntegerOrInfinity(At(a, 0)))));
        Put(text, "padStart", Native("padStart", (self, a) => Pad(self, a) is var (s, pad) ? pad + s : ""));
        Put(text, "padEnd", Native("padEnd", (self, a) => Pad(self, a) is var (s, pad) ? s + pad : ""));
        foreach (var name in (string[])["indexOf", "lastIndexOf", "includes", "split"]) Searching(text, name);
        foreach (var name in (string[])["replace", "replaceAll"]) Replacing(text, name);
        foreach (var name in (string[])["match", "matchAll", "search"]) Matching(text, name);
        Put(text, "localeCompare", Native("localeCompare", (self, a) =>
            Math.Sign(Swedish.CompareInfo.Compare(SoundText.Of(Text(self, MaxCompare)), SoundText.Of(Text(At(a, 0), MaxCompare))))));
        Put(text, "normalize", Native("normalize", (self, a) => Normalized(Text(self, MaxCompare), At(a, 0))));
    }

    private static JsValue Normalized(string text, JsValue form)
    {
        // Sound text has few marks in a row: sorting many of them takes square time.
        var sound = SoundText.Of(text);
        return (form.IsUndefined() ? "NFC" : Text(form, 10)) switch
        {
            "NFD" => sound.Normalize(NormalizationForm.FormD),
            "NFKC" => sound.Normalize(NormalizationForm.FormKC),
            "NFKD" => sound.Normalize(NormalizationForm.FormKD),
            _ => sound,
        };
    }

    private JsValue Joined(JsValue[] parts)
    {
        _engine.Constraints.Check();
        var result = new StringBuilder();
        foreach (var part in parts)
        {
            CheckNowAndThen();
            result.Append(Text(part));
            if (result.Length > MaxText) throw Stop(TooLong);
        }

        return result.ToString();
    }

    private JsValue Repeat(string text, double times)
    {
        _engine.Constraints.Check();
        if (times < 0) throw Stop("repeat kan inte upprepa ett negativt antal gånger.");
        if (text.Length == 0) return "";
        if (times * text.Length > MaxText) throw Stop(TooLong);
        return new StringBuilder(text.Length * (int)times).Insert(0, text, (int)times).ToString();
    }

    private (string Text, string Padding) Pad(JsValue self, JsValue[] a)
    {
        _engine.Constraints.Check();
        var text = Text(self);
        var length = TypeConverter.ToIntegerOrInfinity(At(a, 0));
        var fill = At(a, 1).IsUndefined() ? " " : Text(At(a, 1));
        if (length > MaxText) throw Stop(TooLong);
        var missing = (int)Math.Max(0, length) - text.Length;
        if (missing <= 0 || fill.Length == 0) return (text, "");
        return (text, string.Concat(Enumerable.Repeat(fill, (missing / fill.Length) + 1))[..missing]);
    }

    /// <summary>A text that is searched for in a text: looking at each place for nearly all of it takes square time.</summary>
    private void Searching(ObjectInstance text, string name)
    {
        var native = text.Get(name);
        Put(text, name, Native(name, (self, a) =>
        {
            if (At(a, 0) is not ObjectInstance)
            {
                var (length, sought) = ((long)Text(self).Length, (long)Text(At(a, 0)).Length);
                if (length * Math.Min(sought, length) > MaxCompared) throw Stop(TooLong);
            }

            return native.Call(self, a);
        }));
    }

    /// <summary>The replacement is made for each match in turn, so that the result is counted as it grows.</summary>
    private void Replacing(ObjectInstance holder, JsValue name)
    {
        var native = holder.Get(name);
        Put(holder, name, Native(name.ToString(), (self, a) =>
        {
            var (sought, by) = name.IsString() ? (At(a, 0), At(a, 1)) : (JsValue.Undefined, At(a, 1));
            if (name.IsString() && sought is not ObjectInstance && (long)Text(self).Length * Math.Min(Text(sought).Length, Text(self).Length) > MaxCompared) throw Stop(TooLong);
            return native.Call(self, [At(a, 0), Counted(by)]);
        }));
    }

    private ClrFunction Counted(JsValue replacement)
    {
        var template = replacement.IsCallable() ? null : Text(replacement);
        var total = 0L;
        return Native("", (_, a) =>
        {
            _engine.Constraints.Check();
            var text = template is null ? Text(replacement.Call(JsValue.Undefined, a)) : Substituted(template, a);
            total += text.Length;
            return total > MaxText ? throw Stop(TooLong) : text;
        });
    }

    /// <summary>The replacement text with <c>$1</c>, <c>$&amp;</c> and their like filled in; the arguments are those of a replacing function.</summary>
    private static string Substituted(string template, JsValue[] a)
    {
        if (!template.Contains('$')) return template;
        var groups = a[^1] as ObjectInstance;
        var texts = a[..(groups is null ? ^0 : ^1)];
        var (match, text, position) = (Text(texts[0]), Text(texts[^1]), (int)TypeConverter.ToNumber(texts[^2]));
        var captures = texts[1..^2];
        var result = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var (used, filled) = template[i] == '$' ? Filled(template.AsSpan(i + 1)) : (0, null);
            if (filled is null) result.Append(template[i]);
            else result.Append(filled);
            i += used;
            if (result.Length > MaxText) throw Stop(TooLong);
        }

        return result.ToString();

        (int Used, string? Filled) Filled(ReadOnlySpan<char> rest) => rest switch
        {
            ['$', ..] => (1, "$"),
            ['&', ..] => (1, match),
            ['`', ..] => (1, text[..position]),
            ['\'', ..] => (1, text[Math.Min(text.Length, position + match.Length)..]),
            [>= '0' and <= '9', >= '0' and <= '9', ..] when Capture((10 * (rest[0] - '0')) + rest[1] - '0') is { } two => (2, two),
            [>= '0' and <= '9', ..] => Capture(rest[0] - '0') is { } one ? (1, one) : (0, null),
            ['<', ..] when groups is not null && rest.IndexOf('>') is > 0 and var end =>
                (end + 1, groups.Get(rest[1..end].ToString()) is var named && named.IsUndefined() ? "" : Text(named)),
            _ => (0, null),
        };

        string? Capture(int number) => number < 1 || number > captures.Length ? null : captures[number - 1].IsUndefined() ? "" : Text(captures[number - 1]);
    }

    private void Matching(ObjectInstance text, string name)
    {
        var native = text.Get(name);
        Put(text, name, Native(name, (self, a) =>
        {
            if (At(a, 0) is not ObjectInstance) Text(At(a, 0), ScriptShape.MaxPattern);
            return native.Call(self, a);
        }));
    }

    private void RegularExpressions()
    {
        var pattern = Prototype("RegExp");
        foreach (var key in pattern.GetOwnPropertyKeys(Types.Symbol))
        {
            if (key.ToString() == "Symbol(Symbol.replace)") Replacing(pattern, key);
            if (key.ToString() == "Symbol(Symbol.split)") Put(pattern, key, Native("split", (self, a) => Split(self, a)));
        }

        var original = _engine.Global.Get("RegExp");
        var check = Native("pattern", (_, a) => At(a, 0) is ObjectInstance or JsString { Length: <= ScriptShape.MaxPattern } || At(a, 0).IsUndefined() ? At(a, 0) : Text(At(a, 0), ScriptShape.MaxPattern));
        Put(_engine.Global, "RegExp", _engine.Evaluate(Patterns).Call(JsValue.Undefined, [original, check]));
    }

    /// <summary>From match to match; the engine's own tries each place of the text.</summary>
    private JsArray Split(JsValue self, JsValue[] a)
    {
        _engine.Constraints.Check();
        if (self is not ObjectInstance regex) throw Stop("split behöver ett reguljärt uttryck.");
        var text = Text(At(a, 0));
        var most = At(a, 1).IsUndefined() ? MaxItems : Math.Min(MaxItems, TypeConverter.ToLength(At(a, 1)));
        var flags = Text(regex.Get("flags"), 20).Replace("y", "", StringComparison.Ordinal).Replace("g", "", StringComparison.Ordinal) + "g";
        var all = _engine.Global.Get("RegExp").Call(JsValue.Undefined, [Text(regex.Get("source"), ScriptShape.MaxPattern), flags]).AsObject();
        var parts = new List<JsValue>();
        var from = 0;
        while ((ulong)parts.Count < most && all.Get("exec").Call(all, [text]) is ObjectInstance match)
        {
            _engine.Constraints.Check();
            var (at, length) = ((int)TypeConverter.ToNumber(match.Get("index")), Text(match.Get(JsNumber.Create(0))).Length);
            if (length == 0) all.Set("lastIndex", JsNumber.Create(at + 1));
            if (length == 0 && (at == from || at >= text.Length)) continue;
            if (at < from || at > text.Length - length) break;
            parts.Add(text[from..at]);
            from = at + length;
            for (var i = 1; i < TypeConverter.ToNumber(match.Get("length")); i++)
            {
                CheckNowAndThen();
                parts.Add(match.Get(JsNumber.Create(i)));
                if (parts.Count > MaxItems) throw Stop(TooManyItems);
            }
        }

        if ((ulong)parts.Count < most && !(text.Length == 0 && all.Get("exec").Call(all, [text]) is ObjectInstance)) parts.Add(text[from..]);
        return new JsArray(_engine, [.. parts.Take((int)most)]);
    }

    private void Json(ObjectInstance json)
    {
        var native = json.Get("stringify");
        Put(json, "stringify", Native("stringify", (self, a) => native.Call(self, [At(a, 0), Counting(At(a, 1)), Limited(At(a, 2), MaxText)])));
    }

    /// <summary>A replacer that counts what is written; the engine's own writes without looking at any limit.</summary>
    private ClrFunction Counting(JsValue replacer)
    {
        var keys = replacer is JsArray list ? Enumerable.Range(0, (int)list.Length).Select(i => Text(list.Get(JsNumber.Create(i)))).ToHashSet(StringComparer.Ordinal) : null;
        var depths = new Dictionary<ObjectInstance, int>(ReferenceEqualityComparer.Instance);
        var total = 0L;
        return Native("", (holder, a) =>
        {
            _engine.Constraints.Check();
            var (key, value) = (At(a, 0), At(a, 1));
            var depth = holder is ObjectInstance h && depths.TryGetValue(h, out var known) ? known : 0;
            if (replacer.IsCallable()) value = replacer.Call(holder, [key, value]);
            else if (keys is not null && depth > 0 && holder is not JsArray && !keys.Contains(Text(key))) return JsValue.Undefined;
            if (depth > MaxJsonDepth) throw Stop("Värdet är för djupt för att bli JSON.");
            if (value is ObjectInstance o) depths[o] = depth + 1;
            total += Text(key).Length + (value is JsString s ? s.Length : 8) + (depth * 10);
            return total > MaxText ? throw Stop(TooLong) : value;
        });
    }

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
