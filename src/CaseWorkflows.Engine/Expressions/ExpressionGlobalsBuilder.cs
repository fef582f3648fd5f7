using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>Collects names for one evaluation. Values are made only when a script uses them.</summary>
public sealed class ExpressionGlobalsBuilder
{
    private readonly BurstEnvironment _environment;

    internal ExpressionGlobalsBuilder(BurstEnvironment environment)
    {
        _environment = environment;
    }

    internal Dictionary<string, Func<object?>> Values { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, Func<object?[], object?>> Functions { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset Now => _environment.Now;

    public T? Ambient<T>() => _environment.Find<T>();

    /// <summary>A value: null, bool, number, string, date, list or dictionary; nothing of the CLR shows through.</summary>
    public void Value(string name, Func<object?> value) => Values[name] = value;

    /// <summary>A function of such values.</summary>
    public void Function(string name, Func<object?[], object?> function) => Functions[name] = function;
}
