using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;

namespace CaseWorkflows.Engine.Expressions;

/// <content>Lists: what grows or walks one.</content>
internal sealed partial class ScriptNatives
{
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
}
