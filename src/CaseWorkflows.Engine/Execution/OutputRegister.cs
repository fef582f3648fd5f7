namespace CaseWorkflows.Engine.Execution;

/// <summary>The latest outputs of steps, for scripts that ask for them; kept over suspensions only when the graph has such a script.</summary>
internal sealed class OutputRegister
{
    private readonly bool _kept;
    private Dictionary<string, Dictionary<string, object?>>? _byActivity;

    public OutputRegister(bool kept)
    {
        _kept = kept;
    }

    public object? Last { get; private set; }

    public IReadOnlyDictionary<string, Dictionary<string, object?>>? Stored => _byActivity;

    public void Record(ActivityExecutionContext c, string name, object? value)
    {
        if (!_kept) return;
        if (name == "Result") Last = value;
        _byActivity ??= new Dictionary<string, Dictionary<string, object?>>(StringComparer.Ordinal);
        if (!_byActivity.TryGetValue(c.Activity.Id, out var outputs)) _byActivity[c.Activity.Id] = outputs = new Dictionary<string, object?>(StringComparer.Ordinal);
        outputs[name] = value;
        if (c.Activity.Name is { Length: > 0 } shown) _byActivity[shown] = outputs;
    }

    public object? Find(string activity, string? output)
    {
        if (_byActivity is null) return null;
        var outputs = _byActivity.GetValueOrDefault(activity) ?? _byActivity.FirstOrDefault(p => string.Equals(p.Key, activity, StringComparison.OrdinalIgnoreCase)).Value;
        return outputs?.FirstOrDefault(o => output is null || string.Equals(o.Key, output, StringComparison.OrdinalIgnoreCase)).Value;
    }

    public void Load(Dictionary<string, Dictionary<string, object?>> stored) => _byActivity = stored;
}
