using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace CaseWorkflows.Engine.Expressions;

/// <content>Regular expressions: made, matched and split by.</content>
internal sealed partial class ScriptNatives
{
    // A pattern made at run time is bounded like a written one.
    private static readonly Prepared<Acornima.Ast.Script> Patterns = Jint.Engine.PrepareScript(
        "(function (original, check) { "
        + "function RegExp(pattern, flags) { return flags === undefined ? new original(check(pattern)) : new original(check(pattern), flags); } "
        + "RegExp.prototype = original.prototype; original.prototype.constructor = RegExp; return RegExp; })");

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
}
