using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Execution;
using Jint;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>
/// One run of a script in an engine of its own: no CLR, no compiling of text, and limits on time, statements, recursion, stack,
/// memory and the size of what it gives. A plain script runs where it is called; any other on a thread of its own, with the engine's
/// native functions bounded by <see cref="ScriptNatives"/>.
/// </summary>
internal sealed class ScriptEngine : IDisposable
{
    private const PropertyFlag Ordinary = PropertyFlag.ConfigurableEnumerableWritable;

    // The clock is looked at between statements and native calls; what comes on top is one native call and one regular expression.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private readonly ScriptExpression _script;
    private readonly ScriptScope _scope;
    private readonly ExecutionLimits _limits;
    private readonly Lock _hostCalls = new();
    private readonly Jint.Engine _engine;
    private long _randomState;
    private bool _abandoned;
    private Exception? _hostFailure;

    private ScriptEngine(ScriptExpression script, ScriptScope scope)
    {
        _script = script;
        _scope = scope;
        _limits = scope.Environment.Limits;
        _randomState = scope.Seed;
        _engine = new Jint.Engine(Configure);
    }

    /// <exception cref="ExpressionException">The script threw or passed a limit; the message is Swedish.</exception>
    public static object? Run(ScriptExpression script, ScriptScope scope)
    {
        var run = new ScriptEngine(script, scope);
        if (script.IsPlain) return run.Execute();
        if (ScriptThread.TryRun(run.Execute, run._limits.ScriptTimeout + run._limits.RegexTimeout + Grace, out var result)) return result;
        run.Abandon();
        throw run.TooLong(null);
    }

    private void Configure(Options o)
    {
        o.LimitRecursion(_limits.ScriptRecursion).MaxStatements(_limits.ScriptStatements).TimeoutInterval(_limits.ScriptTimeout).LimitMemory(_limits.ScriptMemory)
            .DisableStringCompilation().Constraint(new ScriptStack());
        o.Constraints.StackOverflowGuard = true;
        o.Constraints.MaxArraySize = ScriptNatives.MaxItems;
        o.Constraints.RegexTimeout = _limits.RegexTimeout;
        o.AgentCanSuspend = false;
        o.TimeZone = SwedishTime.Zone;
        o.Culture = ScriptNatives.Swedish;
        o.TimeSystem = new ScriptClock(_scope.Environment.Now);
    }

    public void Dispose() => _engine.Dispose();

    /// <summary>Once: the engine goes when the script has ended, on whichever thread that is.</summary>
    private object? Execute()
    {
        using (this)
        try
        {
            if (!_script.IsPlain) ScriptNatives.Bound(_engine);
            if (!_script.IsPlain || _script.NamesUsed.Contains("random")) _engine.Global.Get("Math").AsObject().FastSetProperty("random", new PropertyDescriptor(Native("random", (_, _) => NextRandom()), PropertyFlag.AllForbidden));
            return Evaluate();
        }
        catch (Exception e) when (e is not ExpressionException && !IsOfHost(e))
        {
            throw Failure(e);
        }
    }

    /// <summary>What the host's own functions throw is theirs: a database that is away is no fault of the script.</summary>
    private bool IsOfHost(Exception e) =>
        ReferenceEquals(e, _hostFailure)
        && e is not (InvalidCastException or ArgumentException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException
            or OverflowException or FormatException or KeyNotFoundException);

    private object? Evaluate()
    {
        JsValue? variables = null;
        Dictionary<string, object?> before = [];
        foreach (var name in _script.NamesUsed)
        {
            if (_engine.Global.HasOwnProperty(name)) continue;
            if (name == "variables" && _scope.Execution is not null) _engine.Global.FastSetProperty(name, new PropertyDescriptor(variables = ScriptValues.ToJs(_engine, before = _scope.AllVariables()), Ordinary));
            else if (_scope.Find(name) is { } found) _engine.Global.FastSetProperty(name, new PropertyDescriptor(Global(name, found), Ordinary));
        }

        var value = _engine.Evaluate(_script.Program);
        var result = Read(value);
        if (variables is not null) _scope.WriteBack(before, Read(variables) as Dictionary<string, object?>);
        return result;
    }

    /// <summary>Reading may run getters of the script, so it is done inside the engine, under its limits.</summary>
    private object? Read(JsValue value)
    {
        if (!value.IsObject()) return ScriptValues.FromJs(value);
        object? read = null;
        _engine.Call(Native("read", (_, args) =>
        {
            read = ScriptValues.FromJs(args[0]);
            return JsValue.Undefined;
        }), JsValue.Undefined, [value]);
        return read;
    }

    private JsValue Global(string name, object found) => found is Func<object?[], object?> f
        ? Native(name, (_, args) => ScriptValues.ToJs(_engine, CallHost(f, [.. args.Select(ScriptValues.FromJs)])))
        : ScriptValues.ToJs(_engine, CallHost(_ => ((Func<object?>)found)(), []));

    /// <summary>A script that was left behind may not touch the burst any more, which has gone on.</summary>
    private object? CallHost(Func<object?[], object?> f, object?[] args)
    {
        lock (_hostCalls)
        {
            if (_abandoned) throw new ExpressionException("Skriptet är stoppat.");
            try
            {
                return f(args);
            }
            catch (Exception e)
            {
                _hostFailure = e;
                throw;
            }
        }
    }

    private void Abandon()
    {
        lock (_hostCalls) _abandoned = true;
    }

    private ClrFunction Native(string name, Func<JsValue, JsValue[], JsValue> f) => new(_engine, name, f);

    private JsValue NextRandom()
    {
        _randomState = (_randomState * 6364136223846793005L) + 1442695040888963407L;
        return (double)((ulong)_randomState >> 11) / (1UL << 53);
    }

    private ExpressionException TooLong(Exception? inner)
    {
        var message = $"Skriptet tog mer än {_limits.ScriptTimeout.TotalSeconds.ToString("0.#", ScriptNatives.Swedish)} sekunder och stoppades.";
        return inner is null ? new ExpressionException(message) : new ExpressionException(message, inner);
    }

    private ExpressionException Failure(Exception e)
    {
        if (ReferenceEquals(e, _hostFailure) && e is FormatException) return new ExpressionException(FaultText.Of(e), e);
        return e switch
        {
            JavaScriptException { Message: "Maximum call stack size exceeded" } or RecursionDepthOverflowException or InsufficientExecutionStackException =>
                new ExpressionException("Skriptet anropade sig självt för djupt och stoppades.", e),
            JavaScriptException j => new ExpressionException($"{ErrorText(j)} (rad {Math.Max(j.Location.Start.Line, 1)})", e),
            StatementsCountOverflowException => new ExpressionException("Skriptet gjorde för många steg och stoppades. Snurrar en slinga utan slut?", e),
            MemoryLimitExceededException m when m.Message.Contains("array size", StringComparison.Ordinal) => new ExpressionException(ScriptNatives.TooManyItems, e),
            MemoryLimitExceededException or OutOfMemoryException => new ExpressionException("Skriptet använde för mycket minne och stoppades.", e),
            RegexMatchTimeoutException => new ExpressionException("Ett reguljärt uttryck i skriptet tog för lång tid och stoppades.", e),
            TimeoutException => TooLong(e),
            // The engine's own slips on odd scripts are the script's failure, never the host's.
            _ => new ExpressionException("Skriptet kunde inte köras. Läser det något ur ett värde som saknas?", e),
        };
    }

    /// <summary>What an error says may be made by the script (a getter), so it is read under the limits too.</summary>
    private string ErrorText(JavaScriptException e)
    {
        try
        {
            var text = "";
            _engine.Call(Native("error", (_, _) =>
            {
                text = ScriptValues.ErrorText(e.Error);
                return JsValue.Undefined;
            }), JsValue.Undefined, []);
            return text;
        }
        catch (Exception)
        {
            return ScriptValues.Thrown;
        }
    }
}
