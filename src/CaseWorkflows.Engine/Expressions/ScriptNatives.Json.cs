using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime.Interop;

namespace CaseWorkflows.Engine.Expressions;

/// <content>JSON that is counted while it is written.</content>
internal sealed partial class ScriptNatives
{
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
}
