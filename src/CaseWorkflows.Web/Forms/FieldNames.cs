using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Web.Forms;

/// <summary>Names of inputs and ids of elements, made from a field's key.</summary>
internal static class FieldNames
{
    public static string Key(FormField field) => field.Key.Length > 0 ? field.Key : FieldKey.FromLabel(field.Label);

    public static string Input(FormField field) => "f." + Key(field);

    public static string Cell(FormField field, int row, string column) => $"{Input(field)}.{row}.{column}";

    /// <summary>Keys hold Swedish letters, which ids may; spaces and dots they may not.</summary>
    public static string Id(FormField field) => "f-" + string.Concat(Key(field).Select(c => char.IsLetterOrDigit(c) ? c : '-'));
}
