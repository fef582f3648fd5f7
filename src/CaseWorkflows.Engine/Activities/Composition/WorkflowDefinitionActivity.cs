using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Composition;

/// <summary>A workflow definition used as a step of another. It runs inside the same instance, in a scope of its own.</summary>
internal sealed class WorkflowDefinitionActivity(WorkflowDefinition definition) : Activity
{
    /// <summary>Where outputs the inner workflow sets are kept until it ends.</summary>
    public const string OutputPrefix = "out:";

    private Input<object>[] _inputs = [];

    public WorkflowDefinition Definition => definition;

    public Activity? Inner { get; set; }

    /// <summary>A descriptor of what the definition offers; the registry has none of its own for it.</summary>
    public static ActivityDescriptor DescriptorOf(WorkflowDefinition d, JsonObject json) => new(
        json.Text("type") ?? DefinitionNames.TypeNameOf(d), json.Int("version") ?? d.Version, "", DefinitionNames.TypeNameOf(d),
        d.Options.ActivityCategory ?? "Arbetsflöden", d.Name ?? d.DefinitionId, d.Description ?? "", ActivityKind.Action, [], [],
        [new PortDescriptor("Root", "Innehåll", PortKind.Embedded, false), .. d.Outcomes.Select(o => new PortDescriptor(o, o, PortKind.Flow))], typeof(WorkflowDefinitionActivity));

    internal override void Bind(ActivityBinder b)
    {
        _inputs = [.. definition.Inputs.Where(i => b.Json[Names.Camel(i.Name)] is not null)
            .Select(i => b.Input<object>(b.Json[Names.Camel(i.Name)], i.Name, i.DisplayName ?? i.Name, $"{b.Path}.{Names.Camel(i.Name)}", slot: true))];
        foreach (var output in definition.Outputs)
        {
            if (b.Json[Names.Camel(output.Name)] is JsonObject o && o["memoryReference"] is JsonObject m && m.Text("id") is { Length: > 0 } id) b.Node.BindOutput(output.Name, id);
        }
    }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (Inner is null)
        {
            c.Fault("Arbetsflödet som steget använder finns inte.");
            return;
        }

        if (_inputs.Length > 0)
        {
            c.Variables ??= new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var input in _inputs) c.Variables[input.Name] = Typed(input, c.Get(input));
        }

        c.Schedule(Inner);
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        ArgumentNullException.ThrowIfNull(child);
        foreach (var output in definition.Outputs)
        {
            if (c.State[OutputPrefix + output.Name] is { } value) c.SetOutput(output.Name, value);
        }

        c.CompleteWithOutcomes(child.PendingOutcomes ?? [.. child.Outcomes]);
    }

    private object? Typed(Input<object> input, object? value)
    {
        var declared = definition.Inputs.First(i => i.Name == input.Name);
        var type = TypeNames.Resolve(declared.IsArray ? declared.Type + "[]" : declared.Type);
        try
        {
            return type is null || type == typeof(object) || type.IsArray || typeof(JsonNode).IsAssignableFrom(type) ? value : Values.ConvertTo(value, type);
        }
        catch (ValueException e)
        {
            throw new ValueException($"Fältet \"{input.DisplayName}\" kunde inte räknas ut: {e.Message}", e);
        }
    }
}
