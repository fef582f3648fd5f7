using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Pages.Comparison;

/// <summary>Names and values of settings as a person reads them.</summary>
internal sealed class SettingTexts(ActivityRegistry registry)
{
    /// <summary>Settings that every step has, from its metadata and custom properties.</summary>
    public static readonly IReadOnlyList<(string Name, string Label)> Facts =
    [
        ("displayText", "Text i bilden"), ("description", "Beskrivning"), ("showDescription", "Visa beskrivningen"),
        ("canStartWorkflow", "Startar rutinen"), ("runAsynchronously", "Kör i bakgrunden"), ("mergeMode", "När flera vägar möts"),
        ("commitStrategyName", "Sparas när"), ("resilienceStrategy", "Omförsök"), ("logPersistenceConfig", "Vad som loggas"),
    ];

    public string TypeName(ActivityNode step) => Descriptor(step)?.DisplayName ?? step.Type;

    public string Label(ActivityNode step, string name)
    {
        var descriptor = Descriptor(step);
        return descriptor?.Inputs.FirstOrDefault(i => i.JsonName == name)?.DisplayName
            ?? descriptor?.Outputs.FirstOrDefault(o => Camel(o.Name) == name)?.DisplayName
            ?? (name == "name" ? "Namn" : name);
    }

    /// <summary>Null for what is not set, so that nothing and null and the unticked box read alike.</summary>
    public string? Value(JsonNode? value)
    {
        switch (value)
        {
            case null:
                return null;
            case JsonObject o when o["memoryReference"] is JsonObject reference && o["expression"] is null:
                return $"till {(string?)reference["id"]}";
            case JsonObject o when o.ContainsKey("expression") || (o.ContainsKey("typeName") && o.ContainsKey("memoryReference")):
                return o["expression"] is JsonObject expression ? Expression(expression) : null;
            case JsonValue v when v.TryGetValue<string>(out var s):
                return s.Length == 0 ? null : s;
            case JsonValue v when v.TryGetValue<bool>(out var b):
                return b ? "Ja" : null;
            case JsonArray { Count: 0 }:
                return null;
            case JsonArray a when a.All(i => i is JsonValue):
                return string.Join(", ", a.Select(Value));
            default:
                return DefinitionDocument.Write(value);
        }
    }

    private string? Expression(JsonObject expression)
    {
        var type = (string?)expression["type"] ?? "Literal";
        var text = Value(expression["value"]);
        if (text is null) return null;
        return type switch
        {
            "Literal" => text is "True" ? "Ja" : text is "False" ? null : text,
            "Object" => List(text),
            "Variable" => $"variabeln {NameIn(text)}",
            "Input" => $"indata {NameIn(text)}",
            _ => $"{type}: {text}",
        };
    }

    private static string List(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonArray a && a.All(i => i is JsonValue) ? string.Join(", ", a.Select(i => i!.ToString())) : json;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static string NameIn(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject o && (string?)o["name"] is { } name ? name : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private ActivityDescriptor? Descriptor(ActivityNode step) => registry.Find(step.Type, step.Version) ?? registry.FindLatest(step.Type);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
