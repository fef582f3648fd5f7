using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.StudioApi.Descriptors;

/// <summary>An activity's descriptor as JSON, with its choices filled in.</summary>
internal static class DescriptorWriter
{
    // Hints that take choices, with the names that Studio looks under.
    private static readonly Dictionary<string, string> ListNames = new(StringComparer.Ordinal)
    {
        ["dropdown"] = "selectList",
        ["radiolist"] = "radioList",
        ["checklist"] = "checkList",
    };

    public static JsonObject Write(ActivityDescriptor d, Func<string, IReadOnlyList<ChoiceOption>?> choicesOf, bool browsable, int order)
    {
        var custom = (JsonObject)d.CustomProperties.DeepClone();
        if (!custom.ContainsKey("Type")) custom["Type"] = d.TypeName;
        custom["Order"] = order;
        return new JsonObject
        {
            ["typeName"] = d.TypeName,
            ["clrType"] = d.TypeName,
            ["namespace"] = d.Namespace,
            ["name"] = d.Name,
            ["version"] = d.Version,
            ["category"] = SoundText.IsBlank(d.Category) ? "Övrigt" : d.Category,
            ["displayName"] = d.DisplayName,
            ["description"] = d.Description,
            ["inputs"] = new JsonArray([.. d.Inputs.OrderBy(i => i.Order).Select(i => (JsonNode)Input(i, choicesOf))]),
            ["outputs"] = new JsonArray([.. d.Outputs.OrderBy(o => o.Order).Select(o => (JsonNode)Output(o))]),
            ["kind"] = d.Kind.ToString(),
            ["runAsynchronously"] = false,
            ["ports"] = new JsonArray([.. d.Ports.Select(p => (JsonNode)Port(p))]),
            ["customProperties"] = custom,
            ["constructionProperties"] = d.ConstructionProperties.DeepClone(),
            ["isContainer"] = d.IsContainer,
            ["isBrowsable"] = browsable,
            ["isStart"] = d.IsStart,
            ["isTerminal"] = d.IsTerminal,
        };
    }

    public static JsonObject Input(InputDescriptor i, Func<string, IReadOnlyList<ChoiceOption>?> choicesOf)
    {
        var input = new JsonObject
        {
            ["isWrapped"] = i.IsWrapped,
            ["uiHint"] = i.UIHint,
            ["isReadOnly"] = i.IsReadOnly,
            ["isSensitive"] = i.IsSensitive,
            ["autoEvaluate"] = true,
            ["defaultSyntax"] = i.DefaultSyntax,
            ["uiSpecifications"] = Specifications(i, choicesOf),
            ["name"] = i.Name,
            ["typeName"] = i.TypeName,
            ["displayName"] = i.DisplayName,
            ["description"] = i.Description,
            ["order"] = i.Order,
            ["isBrowsable"] = i.IsBrowsable,
            ["isSerializable"] = true,
            ["isSynthetic"] = i.IsSynthetic,
        };
        if (i.Category is not null) input["category"] = i.Category;
        if (i.DefaultValue is not null) input["defaultValue"] = JsonSerializer.SerializeToNode(i.DefaultValue, Http.StudioJson.Options);
        return input;
    }

    /// <summary>The choices of an input, as Studio wants them under its hint; fixed ones first, then the provider's.</summary>
    public static JsonObject Specifications(InputDescriptor i, Func<string, IReadOnlyList<ChoiceOption>?> choicesOf)
    {
        var specifications = i.UiSpecifications?.DeepClone() as JsonObject ?? [];
        if (!ListNames.TryGetValue(i.UIHint, out var listName)) return specifications;
        var options = i.Choices.Select(c => new ChoiceOption(c.Text, c.Value)).ToList();
        if (i.OptionsProvider is { } provider && choicesOf(provider) is { } provided) options.AddRange(provided);
        if (options.Count == 0) return specifications;
        specifications[i.UIHint] = new JsonObject
        {
            [listName] = new JsonObject
            {
                ["items"] = new JsonArray([.. options.Select(o => (JsonNode)new JsonObject { ["text"] = o.Text, ["value"] = o.Value })]),
                ["isFlagsEnum"] = false,
            },
        };
        return specifications;
    }

    private static JsonObject Output(OutputDescriptor o) => new()
    {
        ["name"] = o.Name,
        ["typeName"] = o.TypeName,
        ["displayName"] = o.DisplayName,
        ["description"] = o.Description,
        ["order"] = o.Order,
        ["isBrowsable"] = o.IsBrowsable,
        ["isSerializable"] = true,
        ["isSynthetic"] = o.IsSynthetic,
    };

    private static JsonObject Port(PortDescriptor p) => new()
    {
        ["name"] = p.Name,
        ["displayName"] = p.DisplayName,
        ["type"] = p.Kind.ToString(),
        ["isBrowsable"] = p.IsBrowsable,
    };
}
