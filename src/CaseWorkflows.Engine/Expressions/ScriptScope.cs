using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>The names one evaluation may see: variables, inputs and outputs of the instance, and what modules add.</summary>
internal sealed class ScriptScope(ActivityExecutionContext? execution, BurstEnvironment environment)
{
    private ExpressionGlobalsBuilder? _globals;

    public ActivityExecutionContext? Execution => execution;

    public BurstEnvironment Environment => environment;

    /// <summary>Randomness that is the same when the burst is run again.</summary>
    public long Seed => execution is null ? 42 : execution.InstanceId.GetHashCode() ^ (execution.Number << 20);

    /// <summary>Outcomes a RunJavaScript step asked for.</summary>
    public IReadOnlyList<string>? Outcomes { get; private set; }

    /// <summary>A function, a value factory, or null when the name means nothing here.</summary>
    public object? Find(string name)
    {
        if (execution is not null && FindInInstance(execution, name) is { } found) return found;
        if (Library(name) is { } library) return library;
        return FindGlobal(name);
    }

    public Dictionary<string, object?> AllVariables()
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var c = execution; c is not null; c = c.Parent)
        {
            foreach (var (name, value) in c.NamedVariables()) all.TryAdd(name, value);
        }

        return all;
    }

    /// <summary>Sets what the script changed in its <c>variables</c> object; what it left alone may have been set by function.</summary>
    public void WriteBack(Dictionary<string, object?> before, Dictionary<string, object?>? values)
    {
        if (values is null || execution is null) return;
        foreach (var (name, value) in values)
        {
            if (!before.TryGetValue(name, out var old) || !Same(old, value)) execution.SetVariable(name, value);
        }
    }

    private static bool Same(object? a, object? b) =>
        Equals(a, b) || System.Text.Json.Nodes.JsonNode.DeepEquals(Values.ToJson(a), Values.ToJson(b));

    private static object? Function(Func<object?[], object?> f) => f;

    private static object? At(object?[] args, int i) => i < args.Length ? args[i] : null;

    private static string Text(object?[] args, int i) => Values.ToText(At(args, i));

    private object? FindInInstance(ActivityExecutionContext c, string name)
    {
        switch (name)
        {
            case "getVariable": return Function(a => c.GetVariable(Text(a, 0)));
            case "setVariable": return Function(a => Set(c, Text(a, 0), At(a, 1)));
            case "getInput": return Function(a => c.FindInput(Text(a, 0), out var v) ? v : null);
            case "getOutputFrom": return Function(a => c.Workflow.Outputs.Find(Text(a, 0), a.Length > 1 ? Text(a, 1) : null));
            case "getLastResult": return Function(_ => c.Workflow.Outputs.Last);
            case "getCorrelationId": return Function(_ => c.CorrelationId);
            case "setCorrelationId": return Function(a => { c.CorrelationId = Text(a, 0); return null; });
            case "getWorkflowInstanceId": return Function(_ => c.InstanceId.ToString());
            case "getWorkflowDefinitionId": return Function(_ => c.DefinitionId);
            case "getWorkflowDefinitionVersionId": return Function(_ => c.Workflow.Graph.Definition.Id);
            case "getWorkflowDefinitionVersion": return Function(_ => c.DefinitionVersion);
            case "getWorkflowInstanceName": return Function(_ => c.WorkflowName);
            case "setWorkflowInstanceName": return Function(a => { c.WorkflowName = Text(a, 0); return null; });
            case "getActivityInstanceId": return Function(_ => c.ActivityInstanceId);
            case "newGuid" or "newGuidString": return Function(_ => c.Workflow.Environment.NewId().ToString());
            case "setOutcome": return Function(a => { Outcomes = [Text(a, 0)]; return null; });
            case "setOutcomes": return Function(a => { Outcomes = Values.ConvertTo<List<string>>(At(a, 0)) ?? []; return null; });
        }

        if (name.Length > 3 && name.StartsWith("get", StringComparison.Ordinal)) return Getter(c, name[3..]);
        if (name.Length > 3 && name.StartsWith("set", StringComparison.Ordinal) && c.FindVariableName(name[3..]) is { } variable) return Function(a => Set(c, variable, At(a, 0)));
        return null;
    }

    private static object? Set(ActivityExecutionContext c, string name, object? value)
    {
        c.SetVariable(name, value);
        return null;
    }

    private static object? Getter(ActivityExecutionContext c, string what)
    {
        if (c.FindVariableName(what) is { } variable) return Function(_ => c.GetVariable(variable));
        if (c.FindInput(what, out _) || c.FindInput(Names.Camel(what), out _)) return Function(_ => c.FindInput(what, out var v) || c.FindInput(Names.Camel(what), out v) ? v : null);
        if (c.IsDeclaredInput(what)) return Function(_ => null);
        for (var from = what.IndexOf("From", 1, StringComparison.Ordinal); from > 0; from = what.IndexOf("From", from + 1, StringComparison.Ordinal))
        {
            var output = what[..from];
            var activity = what[(from + 4)..];
            if (activity.Length > 0 && c.Workflow.Graph.HasActivityNamed(activity)) return Function(_ => c.Workflow.Outputs.Find(activity, output));
        }

        return null;
    }

    private static object? Library(string name) => name switch
    {
        "isNullOrEmpty" => Function(a => string.IsNullOrEmpty(Text(a, 0))),
        "isNullOrWhiteSpace" => Function(a => string.IsNullOrWhiteSpace(Text(a, 0))),
        "toJson" => Function(a => Values.ToJson(At(a, 0))?.ToJsonString() ?? "null"),
        "parseGuid" => Function(a => Guid.TryParse(Text(a, 0), out var g) ? g.ToString() : null),
        _ => null,
    };

    private object? FindGlobal(string name)
    {
        if (environment.Globals.Count == 0) return null;
        if (_globals is null)
        {
            _globals = new ExpressionGlobalsBuilder(environment);
            foreach (var g in environment.Globals) g.Register(_globals);
        }

        return _globals.Values.TryGetValue(name, out var value) ? value : _globals.Functions.GetValueOrDefault(name);
    }
}
