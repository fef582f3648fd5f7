namespace CaseWorkflows.Engine.Execution;

/// <summary>What an execution keeps over suspensions.</summary>
public sealed class ActivityData
{
    private Dictionary<string, object?>? _values;

    public object? this[string name]
    {
        get => _values is not null && _values.TryGetValue(name, out var v) ? v : null;
        set => (_values ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;
    }

    public T? Get<T>(string name) => Values.ConvertTo<T>(this[name]);

    public void Remove(string name) => _values?.Remove(name);

    internal IReadOnlyDictionary<string, object?>? Stored => _values;

    internal void Load(IReadOnlyDictionary<string, object?> values)
    {
        if (values.Count > 0) _values = new Dictionary<string, object?>(values, StringComparer.Ordinal);
    }
}
