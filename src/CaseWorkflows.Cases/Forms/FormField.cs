using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Forms;

/// <summary>One field of a task's form. Stored with the task: renaming a property changes what open tasks show.</summary>
public sealed record FormField
{
    /// <summary>Empty when the label folded by <see cref="FieldKey"/> is the key.</summary>
    public string Key { get; init; } = "";

    public required string Label { get; init; }

    /// <summary>One of <see cref="FieldType"/>.</summary>
    public string Type { get; init; } = FieldType.Text;

    public bool Required { get; init; }

    /// <summary>Outcomes that need the field; null = none in particular.</summary>
    public IReadOnlyList<string>? RequiredFor { get; init; }

    /// <summary>Outcomes that show and accept the field; null = all.</summary>
    public IReadOnlyList<string>? VisibleFor { get; init; }

    public IReadOnlyList<FormOption>? Options { get; init; }

    /// <summary>Least number, or least length of a text.</summary>
    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    /// <summary>Regular expression for a text; "true" on a boolean means that it has to be ticked.</summary>
    public string? Pattern { get; init; }

    /// <summary>Prefilled or drafted value; kept when a completion leaves the field out.</summary>
    public JsonNode? Value { get; init; }

    public string? Help { get; init; }

    /// <summary>Columns of a <c>rows</c> field.</summary>
    public IReadOnlyList<FormField>? Rows { get; init; }

    /// <summary>Further names under which a value is accepted.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>Swedish message for a missing value, where "… krävs" is not enough.</summary>
    public string? RequiredMessage { get; init; }
}
