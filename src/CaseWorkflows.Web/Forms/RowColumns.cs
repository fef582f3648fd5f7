using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Web.Forms;

/// <summary>The two halves of a <c>rows</c> field: what each row tells, and what is answered for it.</summary>
internal static class RowColumns
{
    // What a row may carry for showing, in this order, when the form does not say otherwise.
    private static readonly string[] Internal = ["key", "options", "value", "time", "reason", "caseId"];

    /// <summary>The answer's columns; without any in the form, one choice named <c>value</c>.</summary>
    public static IReadOnlyList<FormField> Of(FormField field) =>
        field.Rows is { Count: > 0 } columns ? columns
        : [new FormField { Key = "value", Label = field.Label, Type = FieldType.Choice, Options = field.Options }];

    public static IReadOnlyList<JsonObject> RowsOf(FormField field) =>
        field.Value is JsonArray array ? [.. array.OfType<JsonObject>()] : [];

    /// <summary>An answer that names every row and says nothing of any: each keeps what it was shown with before anybody wrote.</summary>
    public static JsonArray Unanswered(FormField field) =>
        [.. RowsOf(field).Where(r => r["key"] is not null).Select(r => new JsonObject { ["key"] = r["key"]!.ToString() })];

    /// <summary>Names of what the rows tell about themselves.</summary>
    public static IReadOnlyList<string> Facts(FormField field)
    {
        var answers = Of(field).Select(FieldNames.Key).ToHashSet();
        return [.. RowsOf(field).SelectMany(r => r.Select(p => p.Key)).Distinct().Where(k => !Internal.Contains(k) && !answers.Contains(k))];
    }

    /// <summary>The row's own options, where it has them.</summary>
    public static FormField ForRow(FormField column, JsonObject row) =>
        row["options"] is JsonArray options && (FieldNames.Key(column) == "value" || column.Options is null)
            ? column with { Options = FormOption.Of(options) }
            : column;
}
