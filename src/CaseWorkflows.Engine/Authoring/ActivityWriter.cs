using System.Reflection;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Activities.Flow;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>Writes activities made in code as the JSON the designer would have stored.</summary>
internal sealed class ActivityWriter(ActivityRegistry registry)
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<Activity, string> _ids = new(ReferenceEqualityComparer.Instance);

    public JsonObject Write(Activity activity)
    {
        var attribute = activity.GetType().GetCustomAttribute<ActivityAttribute>() ?? throw new InvalidOperationException($"{activity.GetType()} has no [Activity].");
        var read = DescriptorReader.Read(activity.GetType());
        var descriptor = registry.Find(read.TypeName, attribute.Version) ?? throw new InvalidOperationException($"{read.TypeName} is not registered.");
        var id = IdOf(activity, descriptor);
        var json = new JsonObject { ["id"] = id, ["name"] = activity.Name ?? id, ["type"] = descriptor.TypeName, ["version"] = descriptor.Version, ["customProperties"] = Custom(activity), ["metadata"] = new JsonObject() };
        var binding = descriptor.Binding!;
        foreach (var i in binding.Inputs) WriteInput(json, i, activity);
        foreach (var o in binding.Outputs)
        {
            if (o.Property.GetValue(activity) is Output { TargetId: { } target }) json[o.Descriptor.JsonName] = new JsonObject { ["typeName"] = o.Descriptor.TypeName, ["memoryReference"] = new JsonObject { ["id"] = target } };
        }

        foreach (var c in binding.Children)
        {
            json[c.JsonName] = c.Property.GetValue(activity) switch
            {
                Activity child => Write(child),
                IEnumerable<Activity> list => new JsonArray([.. list.Select(Write)]),
                _ => null,
            };
        }

        if (activity is Flowchart { Connections.Count: > 0 } flowchart) json["connections"] = new JsonArray([.. flowchart.Connections.Select(Write)]);
        return json;
    }

    private static void WriteInput(JsonObject json, ActivityBinding.InputBinding binding, Activity activity)
    {
        switch (binding.Property.GetValue(activity))
        {
            case Input { Expression: { } e }:
                json[binding.Descriptor.JsonName] = new JsonObject { ["typeName"] = binding.Descriptor.TypeName, ["expression"] = new JsonObject { ["type"] = e.Type, ["value"] = e.Value?.DeepClone() } };
                break;
            case Variable v:
                json[binding.Descriptor.JsonName] = new JsonObject { ["id"] = v.Id, ["name"] = v.Name, ["typeName"] = v.TypeName };
                break;
            case { } value when !binding.Descriptor.IsWrapped:
                json[binding.Descriptor.JsonName] = Values.ToJson(value);
                break;
        }
    }

    private static JsonObject Custom(Activity activity)
    {
        var custom = new JsonObject { ["canStartWorkflow"] = activity.CanStartWorkflow, ["runAsynchronously"] = false };
        if (activity.MergeMode is { } mode) custom["mergeMode"] = mode;
        return custom;
    }

    private JsonObject Write(Connection c) => new()
    {
        ["source"] = new JsonObject { ["activity"] = Known(c.Source), ["port"] = c.Port },
        ["target"] = new JsonObject { ["activity"] = Known(c.Target), ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };

    private string Known(Activity activity) => _ids.TryGetValue(activity, out var id)
        ? id
        : throw DefinitionException.One("$.root", null, "missing-target", "En förbindelse i koden pekar på ett steg som inte ligger i flödesschemat.");

    private string IdOf(Activity activity, ActivityDescriptor descriptor)
    {
        if (_ids.ContainsKey(activity)) throw DefinitionException.One("$.root", null, "container-cycle", $"Samma steg ({descriptor.Name}) ligger på två ställen i koden.");
        if (activity.Id.Length > 0) return _ids[activity] = activity.Id;
        var count = _counts[descriptor.Name] = _counts.GetValueOrDefault(descriptor.Name) + 1;
        return _ids[activity] = $"{descriptor.Name}{count}";
    }
}
