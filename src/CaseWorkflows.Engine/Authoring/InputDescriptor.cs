using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>An input as the designer needs it.</summary>
public sealed record InputDescriptor(string Name, string TypeName, string DisplayName, string Description)
{
    public string UIHint { get; init; } = "singleline";

    public string? Category { get; init; }

    public float Order { get; init; }

    public object? DefaultValue { get; init; }

    public string DefaultSyntax { get; init; } = "Literal";

    public bool IsWrapped { get; init; } = true;

    public bool IsReadOnly { get; init; }

    public bool IsSensitive { get; init; }

    public bool IsBrowsable { get; init; } = true;

    public bool IsSynthetic { get; init; }

    public bool Required { get; init; }

    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The fixed choices: what is stored, and what is shown.</summary>
    public IEnumerable<(string Value, string Text)> Choices => Options.Select(o => o.Split('|', 2)).Select(o => (o[0], o[^1]));

    public string? OptionsProvider { get; init; }

    /// <summary>The longest text it takes; values that are no texts have their own limits.</summary>
    public int MaxLength { get; init; } = InputLengths.Text;

    public JsonObject? UiSpecifications { get; init; }

    /// <summary>The value's CLR type (of <c>T</c> when wrapped).</summary>
    public required Type ClrType { get; init; }

    /// <summary>The name in the activity's JSON.</summary>
    public string JsonName => Names.Camel(Name);
}
