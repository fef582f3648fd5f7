using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Administration;

/// <summary>A setting has one kind of value wherever it is set: routines read it as that.</summary>
internal static class SettingKinds
{
    /// <param name="path">What the fields of <paramref name="values"/> are called in the answer, before their names.</param>
    public static void Check(JsonObject values, string path, ReferenceView reference, FieldFaults faults)
    {
        foreach (var (key, value) in values) Check(key, value, path + key, reference, faults);
    }

    public static void Check(string key, JsonNode? value, string field, ReferenceView reference, FieldFaults faults)
    {
        if (value is null || reference.KindOfSetting(key) is not { } kind || kind == KindOf(value)) return;
        faults.Add(field, kind switch
        {
            JsonValueKind.True => "Ange ja eller nej (true eller false).",
            JsonValueKind.Number => "Ange ett tal.",
            JsonValueKind.String => "Ange text.",
            JsonValueKind.Array => "Ange en lista.",
            _ => "Ange ett objekt."
        });
    }

    /// <summary>True stands for both truth values.</summary>
    internal static JsonValueKind KindOf(JsonNode value) => value.GetValueKind() is JsonValueKind.False ? JsonValueKind.True : value.GetValueKind();
}
