using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>Fills one activity from its JSON: inputs, outputs, children.</summary>
internal sealed class ActivityBinder(Graph.GraphCompiler compiler, Graph.GraphNode node, JsonObject json, string path)
{
    private readonly List<Input> _slots = [];

    public JsonObject Json => json;

    public string Path => path;

    public Graph.GraphNode Node => node;

    public Graph.FlowMode FlowMode => compiler.FlowMode;

    public bool Strict => compiler.Strict;

    private Activity Activity => node.Activity;

    public void Problem(string at, string code, string message) => compiler.Problem(at, node.NodeId, code, message);

    public void BindProperties()
    {
        if (node.Descriptor.Binding is not { } binding) return;
        foreach (var i in binding.Inputs) BindInput(i);
        foreach (var o in binding.Outputs) BindOutput(o);
        foreach (var c in binding.Children) BindChild(c);
    }

    public Input[] TakeSlots() => [.. _slots];

    public Activity? Child(JsonNode? child, string at) => child is JsonObject o ? compiler.CompileActivity(o, node, at)?.Activity : null;

    /// <summary>Makes an input out of a wrapped value, a bare expression, or a plain value.</summary>
    public Input<T> Input<T>(JsonNode? value, string name, string shown, string at, bool slot)
    {
        var input = new Input<T> { Name = name, DisplayName = shown, Expression = ReadExpression(value), StatedType = (value as JsonObject)?.Text("typeName") };
        Compile(input, at, slot);
        return input;
    }

    /// <summary>Compiles the script of a step that runs a script.</summary>
    public ScriptExpression? Script(Input? input, string at, string shown)
    {
        if (input?.Expression is not { Value: { } value, Type: "Literal" or "JavaScript" }) return null;
        var compiled = compiler.Expressions.Script(Values.ToText(value), at, node.NodeId, shown);
        Note(compiled);
        return compiled as ScriptExpression;
    }

    public void TakeSlot(Input input)
    {
        input.Slot = _slots.Count;
        _slots.Add(input);
    }

    public void DropSlot(Input input)
    {
        _slots.Remove(input);
        input.Slot = -1;
        for (var i = 0; i < _slots.Count; i++) _slots[i].Slot = i;
    }

    private static Expression? ReadExpression(JsonNode? value)
    {
        switch (value)
        {
            case null:
                return null;
            case JsonObject o when o["expression"] is JsonObject e:
                return new Expression(e.Text("type") ?? "Literal", e["value"]);
            case JsonObject o when o["memoryReference"] is JsonObject m && m.Text("id") is { Length: > 0 } id && o.ContainsKey("typeName"):
                return new Expression("Variable", JsonValue.Create(id));
            case JsonObject o when o.ContainsKey("typeName") && !o.ContainsKey("value"):
                return null;
            case JsonObject o when o.Text("type") is { } type && o.Count <= 2:
                return new Expression(type, o["value"]);
            default:
                return new Expression("Literal", value);
        }
    }

    /// <summary>A designer stores what is written in a code or JSON editor as a literal text; the descriptor says what the text is.</summary>
    private static Expression? AsMeant(Expression? expression, InputDescriptor descriptor)
    {
        if (expression is not { Type: "Literal", Value: JsonValue value } || value.GetValueKind() != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetValue<string>())) return expression;
        return descriptor.UIHint switch
        {
            "code-editor" when descriptor.DefaultSyntax == "JavaScript" => expression with { Type = "JavaScript" },
            "json-editor" => expression with { Type = "Object" },
            _ => expression,
        };
    }

    private void BindInput(ActivityBinding.InputBinding binding)
    {
        var descriptor = binding.Descriptor;
        var stored = json[descriptor.JsonName];
        var at = $"{path}.{descriptor.JsonName}";
        if (!descriptor.IsWrapped)
        {
            if (stored is not null) BindPlain(binding, stored, at);
            return;
        }

        var expression = AsMeant(ReadExpression(stored), descriptor);
        var input = binding.Get(Activity);
        if (expression is not null || input is null)
        {
            if (expression is null && descriptor.DefaultValue is not null) expression = new Expression(descriptor.DefaultSyntax == "JavaScript" ? "JavaScript" : "Literal", Values.ToJson(descriptor.DefaultValue));
            if (expression is not null)
            {
                input = (Input)Activator.CreateInstance(binding.Property.PropertyType)!;
                input.Expression = expression;
                binding.Property.SetValue(Activity, input);
            }
        }

        if (Strict && descriptor.Required && (input is null || ActivityValidation.IsMissing(input)))
        {
            Problem(at, "required", $"Fältet \"{descriptor.DisplayName}\" måste fyllas i.");
        }

        if (input is null) return;
        input.Name = descriptor.Name;
        input.DisplayName = descriptor.DisplayName;
        input.MaxLength = descriptor.MaxLength;
        input.StatedType = (stored as JsonObject)?.Text("typeName");
        Compile(input, at, binding.AutoEvaluate);
    }

    private void Compile(Input input, string at, bool slot)
    {
        input.Compiled = compiler.Expressions.Compile(input.Expression, input.ValueType, at, node.NodeId, input.DisplayName, input.StatedType);
        Note(input.Compiled);
        if (slot) TakeSlot(input);
    }

    private void Note(CompiledExpression? compiled)
    {
        if (compiled is ScriptExpression s && s.NamesUsed.Any(n => n is "getLastResult" || (n.StartsWith("get", StringComparison.Ordinal) && n.Contains("From", StringComparison.Ordinal)))) compiler.ReadsOutputs = true;
    }

    private void BindPlain(ActivityBinding.InputBinding binding, JsonNode stored, string at)
    {
        var type = binding.Property.PropertyType;
        try
        {
            if (stored is JsonObject { } wrapped && wrapped["expression"] is JsonObject e && wrapped.ContainsKey("typeName")) stored = e["value"] ?? JsonValue.Create("");
            object? value = type == typeof(Variable) ? ReadVariable(stored)
                : typeof(JsonNode).IsAssignableFrom(type) ? stored
                : Values.ConvertTo(Values.FromJson(stored), type);
            if (value is null || type.IsInstanceOfType(value)) binding.Property.SetValue(Activity, value);
        }
        catch (FormatException x)
        {
            Problem(at, "value", $"Värdet i \"{binding.Descriptor.DisplayName}\" går inte att använda: {x.Message}");
        }
    }

    private static Variable? ReadVariable(JsonNode stored) => stored switch
    {
        JsonObject o when (o.Text("id") ?? o.Text("name")) is { Length: > 0 } id => new Variable(o.Text("name") ?? id, null, o.Text("typeName") ?? "Object", id),
        JsonValue v when Values.ToText(v) is { Length: > 0 } name => new Variable(name),
        _ => null,
    };

    private void BindOutput(ActivityBinding.OutputBinding binding)
    {
        var output = binding.Property.GetValue(Activity) as Output ?? (Output)Activator.CreateInstance(binding.Property.PropertyType)!;
        output.Name = binding.Descriptor.Name;
        if (json[binding.Descriptor.JsonName] is JsonObject { } o && o["memoryReference"] is JsonObject m && m.Text("id") is { Length: > 0 } id) output.TargetId = id;
        if (output.TargetId is not null) node.BindOutput(output.Name, output.TargetId);
        binding.Property.SetValue(Activity, output);
    }

    private void BindChild(ActivityBinding.ChildBinding binding)
    {
        var stored = json[binding.JsonName];
        if (stored is null) return;
        if (!binding.IsList)
        {
            if (Child(stored, $"{path}.{binding.JsonName}") is { } child && binding.Property.PropertyType.IsInstanceOfType(child)) binding.Property.SetValue(Activity, child);
            return;
        }

        if (stored is not JsonArray list) return;
        var children = new List<Activity>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (Child(list[i], $"{path}.{binding.JsonName}[{i}]") is { } child) children.Add(child);
        }

        object value = binding.Property.PropertyType.IsArray ? children.ToArray() : children;
        if (binding.Property.PropertyType.IsInstanceOfType(value)) binding.Property.SetValue(Activity, value);
    }
}
