using CaseWorkflows.Engine.Activities.Composition;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Engine.Execution;

/// <content>Inputs, outputs and variables.</content>
public sealed partial class ActivityExecutionContext
{
    /// <summary>Values of the inputs evaluated when the execution began; null after a suspension, when they are evaluated on demand.</summary>
    internal object?[]? InputValues { get; set; }

    internal Dictionary<string, object?>? Variables { get; set; }

    internal Dictionary<string, object?>? OutputValues { get; set; }

    /// <exception cref="FormatException">The value cannot become a <typeparamref name="T"/>.</exception>
    public T? Get<T>(Input<T>? input)
    {
        if (input is null) return default;
        var value = InputValues is not null && input.Slot >= 0 ? InputValues[input.Slot] : input.Evaluate(this);
        return value is T t ? t : default;
    }

    public void Set<T>(Output<T>? output, T? value)
    {
        if (output is not null) SetBound(output.Name, output.TargetId, value);
    }

    /// <summary>Sets an output by its PascalCase name.</summary>
    public void SetOutput(string name, object? value) => SetBound(name, Node.OutputTarget(name), value);

    /// <summary>Inputs evaluated for this execution by PascalCase name.</summary>
    public IReadOnlyDictionary<string, object?> EvaluatedInputs()
    {
        var slots = Node.Slots;
        var result = new Dictionary<string, object?>(slots.Length, StringComparer.Ordinal);
        for (var i = 0; i < slots.Length; i++) result[slots[i].Name] = InputValues is null ? slots[i].Evaluate(this) : InputValues[i];
        return result;
    }

    /// <summary>Value of the nearest variable with this name, or null.</summary>
    public object? GetVariable(string name) => TryFindVariableByName(name, out var value) ? value : null;

    /// <summary>Sets the nearest variable with this name, or makes one on the workflow.</summary>
    public void SetVariable(string name, object? value)
    {
        for (var c = this; c is not null; c = c.Outer)
        {
            foreach (var slot in c.Node.Variables)
            {
                if (!string.Equals(slot.Name, name, StringComparison.OrdinalIgnoreCase)) continue;
                c.Store(slot, value);
                return;
            }

            if (c.Variables is not null && c.Variables.ContainsKey(name))
            {
                c.Variables[name] = value;
                return;
            }
        }

        var root = this;
        while (root.Outer is { } outer) root = outer;
        (root.Variables ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;
    }

    /// <summary>Sets an output of the workflow this step belongs to.</summary>
    public void SetWorkflowOutput(string name, object? value)
    {
        for (var c = this; c is not null; c = c.Parent)
        {
            if (c.Activity is WorkflowDefinitionActivity && !ReferenceEquals(c, this))
            {
                c.State[WorkflowDefinitionActivity.OutputPrefix + name] = value;
                return;
            }
        }

        Workflow.Output[name] = value;
    }

    /// <summary>The enclosing scope, or null at the edge of a workflow used as an activity: what is inside sees nothing outside.</summary>
    private ActivityExecutionContext? Outer => Parent is null || Parent.Activity is WorkflowDefinitionActivity ? null : Parent;

    internal bool TryFindVariable(string id, out object? value)
    {
        for (var c = this; c is not null; c = c.Outer)
        {
            if (c.Variables is not null && c.Variables.TryGetValue(id, out value)) return true;
        }

        value = null;
        return false;
    }

    internal bool TrySetVariable(string id, object? value)
    {
        for (var c = this; c is not null; c = c.Outer)
        {
            if (c.Variables is null || !c.Variables.ContainsKey(id)) continue;
            if (c.Node.FindVariable(id) is { } slot) c.Store(slot, value);
            else c.Variables[id] = value;
            return true;
        }

        return false;
    }

    internal bool TryFindVariableByName(string name, out object? value)
    {
        for (var c = this; c is not null; c = c.Outer)
        {
            if (c.Variables is null) continue;
            foreach (var slot in c.Node.Variables)
            {
                if (string.Equals(slot.Name, name, StringComparison.OrdinalIgnoreCase) && c.Variables.TryGetValue(slot.Id, out value)) return true;
            }

            if (c.Variables.TryGetValue(name, out value) && c.Node.FindVariable(name) is null) return true;
        }

        value = null;
        return false;
    }

    internal IEnumerable<(string Name, object? Value)> NamedVariables()
    {
        if (Variables is null || Activity is WorkflowDefinitionActivity) yield break;
        foreach (var (key, value) in Variables) yield return (Node.FindVariable(key)?.Name ?? key, value);
    }

    /// <summary>The variable a script means by <c>getXxx</c>: names match whatever the case of their first letter.</summary>
    internal string? FindVariableName(string pascal)
    {
        for (var c = this; c is not null; c = c.Outer)
        {
            foreach (var (name, _) in c.NamedVariables())
            {
                if (string.Equals(Names.Pascal(name), pascal, StringComparison.Ordinal)) return name;
            }
        }

        return null;
    }

    internal bool FindInput(string name, out object? value)
    {
        for (var c = this; c is not null; c = c.Parent)
        {
            if (c.Activity is WorkflowDefinitionActivity && !ReferenceEquals(c, this)) return Look(c.Variables, name, out value);
        }

        return Look(Workflow.Input, name, out value);
    }

    internal bool IsDeclaredInput(string name)
    {
        for (var c = this; c is not null; c = c.Parent)
        {
            if (c.Activity is WorkflowDefinitionActivity w && !ReferenceEquals(c, this)) return w.Definition.Inputs.Any(i => Same(i.Name, name));
        }

        return Workflow.Graph.Definition.Inputs.Any(i => Same(i.Name, name));
    }

    internal void DeclareVariables(IReadOnlyDictionary<string, object?>? given)
    {
        if (Node.Variables.Length == 0 && given is null) return;
        Variables = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var slot in Node.Variables) Variables[slot.Id] = slot.Default;
        if (given is null) return;
        foreach (var (k, v) in given) Variables[k] = v;
    }

    private static bool Same(string declared, string name) => string.Equals(Names.Pascal(declared), name, StringComparison.Ordinal);

    private static bool Look(IReadOnlyDictionary<string, object?>? values, string name, out object? value)
    {
        value = null;
        if (values is null) return false;
        if (values.TryGetValue(name, out value)) return true;
        foreach (var (k, v) in values)
        {
            if (!string.Equals(k, name, StringComparison.OrdinalIgnoreCase)) continue;
            value = v;
            return true;
        }

        return false;
    }

    private void Store(VariableSlot slot, object? value)
    {
        try
        {
            (Variables ??= new Dictionary<string, object?>(StringComparer.Ordinal))[slot.Id] = slot.Type is null ? value : Values.ConvertTo(value, slot.Type);
        }
        catch (ValueException e)
        {
            throw new ValueException($"Variabeln \"{slot.Name}\" kunde inte få sitt värde: {e.Message}", e);
        }
    }

    private void SetBound(string name, string? target, object? value)
    {
        (OutputValues ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;
        Workflow.Outputs.Record(this, name, value);
        if (target is null || TrySetVariable(target, value)) return;
        if (Workflow.IsWorkflowOutput(this, target)) SetWorkflowOutput(target, value);
        else if (TryFindVariableByName(target, out _)) SetVariable(target, value);

        // A binding to something that is nowhere declared (a variable of code) lives with the step that set it, so its children see it.
        else (Variables ??= new Dictionary<string, object?>(StringComparer.Ordinal))[target] = value;
    }
}
