using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Execution;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>
/// A bounded JavaScript engine: no CLR, and limits on time, statements, recursion and memory. Engines are reused, so what a script
/// could leave behind is taken away: built-ins are frozen, other global names are removed after each run, a failed engine is thrown away.
/// </summary>
internal sealed class ScriptEngine
{
    private const int MaxArray = 100_000;
    private static readonly ConcurrentBag<ScriptEngine> Idle = [];
    private static readonly string[] ArrayMethods =
        ["join", "toString", "toLocaleString", "sort", "indexOf", "lastIndexOf", "forEach", "map", "filter", "reduce", "reduceRight", "every", "some", "reverse", "slice", "splice", "shift", "unshift", "concat"];

    private readonly Jint.Engine _engine;
    private readonly HashSet<string> _pristine;
    private readonly ExecutionLimits _limits;
    private readonly JsValue _date;
    private ScriptScope? _scope;
    private long _allocatedAtStart;
    private long _randomState;

    private ScriptEngine(ExecutionLimits limits)
    {
        _limits = limits;
        _allocatedAtStart = GC.GetAllocatedBytesForCurrentThread();
        _engine = new Jint.Engine(o => o.LimitRecursion(limits.ScriptRecursion).MaxStatements(limits.ScriptStatements).TimeoutInterval(limits.ScriptTimeout).LocalTimeZone(SwedishTime.Zone));
        _engine.SetValue(ScriptGuards.Name, new ClrFunctionInstance(_engine, (_, _) => Guard()));
        _engine.SetValue("__now", new ClrFunctionInstance(_engine, (_, _) => (double)_scope!.Environment.Now.ToUnixTimeMilliseconds()));
        _engine.SetValue("__random", new ClrFunctionInstance(_engine, (_, _) => NextRandom()));
        GuardArrays();
        Guard(_engine.RegExp.PrototypeObject, ["exec", "test"], (self, args) => (Timed(self), args));
        Guard(_engine.String.PrototypeObject, ["match", "search"], (self, args) => (self, [Timed(args.Length > 0 && !args[0].IsObject() ? _engine.RegExp.Construct([args[0]]) : At(args, 0)), .. args.Skip(1)]));
        Guard(_engine.String.PrototypeObject, ["replace", "split"], (self, args) => (self, [Timed(At(args, 0)), .. args.Skip(1)]));
        _engine.Execute(Prelude);
        _date = _engine.Global.Get("Date");
        _pristine = [.. _engine.Global.GetOwnProperties().Select(p => p.Key)];
    }

    /// <exception cref="ExpressionException">The script threw or passed a limit; the message is Swedish.</exception>
    public static object? Run(ScriptExpression script, ScriptScope scope)
    {
        if (!Idle.TryTake(out var engine) || engine._limits != scope.Environment.Limits) engine = new ScriptEngine(scope.Environment.Limits);
        var result = script.IsDeep ? LargeStack.Run(() => engine.RunOnce(script, scope)) : engine.RunOnce(script, scope);
        Idle.Add(engine);
        return result;
    }

    internal JsValue ToJs(object? value) => ScriptValues.ToJs(_engine, value);

    private object? RunOnce(ScriptExpression script, ScriptScope scope)
    {
        _scope = scope;
        _randomState = scope.Seed;
        _allocatedAtStart = GC.GetAllocatedBytesForCurrentThread();
        ObjectInstance? variables = null;
        Dictionary<string, object?> before = [];
        try
        {
            foreach (var name in script.NamesUsed)
            {
                if (_pristine.Contains(name)) continue;
                if (name == "variables" && scope.Execution is not null) _engine.Global.FastAddProperty(name, variables = ToJs(before = scope.AllVariables()).AsObject(), true, true, true);
                else if (scope.Find(name) is { } found) _engine.Global.FastAddProperty(name, Global(found), true, true, true);
            }

            _engine.Execute(script.Program);
            var result = ScriptValues.FromJs(_engine.GetCompletionValue());
            if (variables is not null) scope.WriteBack(before, ScriptValues.FromJs(variables) as Dictionary<string, object?>);
            return result;
        }
        catch (JavaScriptException e)
        {
            throw new ExpressionException($"{ScriptValues.ErrorText(e.Error)} (rad {Math.Max(e.LineNumber, 1)})", e);
        }
        catch (StatementsCountOverflowException e)
        {
            throw new ExpressionException("Skriptet gjorde för många steg och stoppades. Snurrar en slinga utan slut?", e);
        }
        catch (RecursionDepthOverflowException e)
        {
            throw new ExpressionException("Skriptet anropade sig självt för djupt och stoppades.", e);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ExpressionException("Ett reguljärt uttryck i skriptet tog för lång tid och stoppades.", e);
        }
        catch (TimeoutException e)
        {
            throw new ExpressionException($"Skriptet tog mer än {_limits.ScriptTimeout.TotalSeconds:0.#} sekunder och stoppades.", e);
        }
        catch (Exception e) when (e is InvalidCastException or ArgumentException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException or OverflowException or FormatException or KeyNotFoundException)
        {
            // The engine's own slips on odd scripts are the script's failure, never the host's.
            throw new ExpressionException("Skriptet kunde inte köras. Läser det något ur ett värde som saknas?", e);
        }
        finally
        {
            foreach (var key in _engine.Global.GetOwnProperties().Select(p => p.Key).Where(k => !_pristine.Contains(k)).ToArray()) _engine.Global.RemoveOwnProperty(key);
            _scope = null;
        }
    }

    private JsValue Global(object found) => found is Func<object?[], object?> f
        ? new ClrFunctionInstance(_engine, (_, args) => ToJs(f([.. args.Select(ScriptValues.FromJs)])))
        : ToJs(((Func<object?>)found)());

    private JsValue Guard()
    {
        if (GC.GetAllocatedBytesForCurrentThread() - _allocatedAtStart > _limits.ScriptMemory) throw new ExpressionException("Skriptet använde för mycket minne och stoppades.");
        return JsValue.Undefined;
    }

    private double NextRandom()
    {
        _randomState = (_randomState * 6364136223846793005L) + 1442695040888963407L;
        return (double)((ulong)_randomState >> 11) / (1UL << 53);
    }

    private static JsValue At(JsValue[] args, int i) => i < args.Length ? args[i] : JsValue.Undefined;

    private static void Replace(ObjectInstance prototype, string method, JsValue by) =>
        prototype.FastSetProperty(method, new Jint.Runtime.Descriptors.PropertyDescriptor(by, true, false, true));

    /// <summary>A regular expression that backtracks for ever is stopped by its own clock.</summary>
    private JsValue Timed(JsValue value)
    {
        if (value.IsObject() && value.AsObject() is Jint.Native.RegExp.RegExpInstance { Value: { } regex } r && regex.MatchTimeout == Regex.InfiniteMatchTimeout) r.Value = new Regex(regex.ToString(), regex.Options, _limits.RegexTimeout);
        return value;
    }

    private void Guard(ObjectInstance prototype, string[] methods, Func<JsValue, JsValue[], (JsValue Self, JsValue[] Args)> prepare)
    {
        foreach (var method in methods)
        {
            var native = prototype.Get(method).As<Jint.Native.Function.FunctionInstance>();
            Replace(prototype, method, new ClrFunctionInstance(_engine, (self, args) =>
            {
                var (s, a) = prepare(self, args);
                return native.Call(s, a);
            }));
        }
    }

    /// <summary>Array methods loop inside the engine where no limit is looked at: refuse arrays (or things with a length) that are huge.</summary>
    private void GuardArrays()
    {
        var prototype = _engine.Array.PrototypeObject;
        foreach (var method in ArrayMethods)
        {
            var native = prototype.Get(method).As<Jint.Native.Function.FunctionInstance>();
            var guarded = new ClrFunctionInstance(_engine, (self, args) =>
            {
                var length = self.IsObject() ? TypeConverter.ToNumber(self.AsObject().Get("length")) : 0;
                if (length > MaxArray) throw new ExpressionException("Skriptet arbetar med en för lång lista och stoppades.");
                Guard();
                return native.Call(self, args);
            });
            Replace(prototype, method, guarded);
        }
    }

    private static readonly Jint.Parser.Ast.Program Prelude = new Jint.Parser.JavaScriptParser().Parse("""
        (function (global, D) {
          var now = __now, random = __random;
          function Clock(y, m, d, h, i, s, ms) {
            if (!(this instanceof Clock)) return new D(now()).toString();
            switch (arguments.length) {
              case 0: return new D(now());
              case 1: return new D(y);
              default: return new D(y, m, d === undefined ? 1 : d, h || 0, i || 0, s || 0, ms || 0);
            }
          }
          Clock.now = function () { return now(); };
          Clock.parse = D.parse; Clock.UTC = D.UTC; Clock.prototype = D.prototype;
          D.prototype.constructor = Clock;
          global.Date = Clock;
          Math.random = function () { return random(); };
          var errors = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError];
          errors.forEach(function (e) { delete e.prototype.message; }); // a frozen one would keep every error from having its own
          [Object, Function, Array, String, Number, Boolean, RegExp, Clock].concat(errors)
            .forEach(function (c) { Object.freeze(c.prototype); Object.freeze(c); });
          Object.freeze(Math); Object.freeze(JSON);
          ['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'RegExp', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError',
           'EvalError', 'URIError', 'Date', 'Math', 'JSON', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'eval', 'encodeURIComponent', 'decodeURIComponent',
           'encodeURI', 'decodeURI', '__guard', '__now', '__random'].forEach(function (name) {
            Object.defineProperty(global, name, { value: global[name], writable: false, enumerable: false, configurable: false });
          });
        })(this, Date);
        """);
}
