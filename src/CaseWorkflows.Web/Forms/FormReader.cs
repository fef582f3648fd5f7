using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CaseWorkflows.Web.Forms;

/// <summary>Reads what a browser sent into the values that a completion or an intake takes.</summary>
internal static class FormReader
{
    /// <summary>Only fields that the page showed are read: an absent field keeps its prefilled value, an emptied one is cleared.</summary>
    public static async Task<JsonObject> ReadAsync(IFormCollection form, IReadOnlyList<FormField> fields, string? outcome, CancellationToken ct)
    {
        var values = new JsonObject();
        foreach (var field in fields)
        {
            if (outcome is not null && field.VisibleFor is { } visible && !visible.Contains(outcome)) continue;
            var name = FieldNames.Input(field);
            switch (field.Type)
            {
                case FieldType.Rows:
                    if (Rows(form, field) is { Count: > 0 } rows) values[FieldNames.Key(field)] = rows;
                    break;
                case FieldType.File:
                    if (await FileAsync(form.Files.GetFile(name), ct) is { } file) values[FieldNames.Key(field)] = file;
                    break;
                case FieldType.MultiChoice or FieldType.MultiUnit when form.ContainsKey(name):
                    values[FieldNames.Key(field)] = new JsonArray([.. Filled(form[name]).Select(v => (JsonNode?)v)]);
                    break;
                case FieldType.Boolean when form.ContainsKey(name):
                    values[FieldNames.Key(field)] = Filled(form[name]).Contains("true");
                    break;
                default:
                    if (form.ContainsKey(name)) values[FieldNames.Key(field)] = FieldText.Parse(field.Type, form[name].LastOrDefault());
                    break;
            }
        }

        return values;
    }

    /// <summary>What was sent, for showing it again.</summary>
    public static IReadOnlyDictionary<string, StringValues> Sent(IFormCollection form) =>
        form.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Filled(StringValues values) => values.Where(v => !string.IsNullOrEmpty(v)).Select(v => v!);

    // A row that nobody touched is left out, so that the form's check can name it as unmarked.
    private static JsonArray Rows(IFormCollection form, FormField field)
    {
        var rows = new JsonArray();
        for (var i = 0; form.TryGetValue(FieldNames.Cell(field, i, "key"), out var key); i++)
        {
            var row = new JsonObject { ["key"] = key.ToString() };
            var touched = false;
            foreach (var column in RowColumns.Of(field))
            {
                var value = FieldText.Parse(column.Type, form[FieldNames.Cell(field, i, FieldNames.Key(column))].LastOrDefault());
                row[FieldNames.Key(column)] = value;
                touched |= value is not null;
            }

            if (touched) rows.Add(row);
        }

        return rows;
    }

    private static async Task<JsonObject?> FileAsync(IFormFile? file, CancellationToken ct)
    {
        // None was chosen; one that is empty is the receiver's to refuse, and not to be lost without a word.
        if (file is null || (file.Length == 0 && string.IsNullOrEmpty(file.FileName))) return null;
        using var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        return new JsonObject
        {
            ["name"] = Path.GetFileName(file.FileName),
            // The browser's guess, not the person's: one that cannot be served says nothing.
            ["contentType"] = file.ContentType is { } type && SentFiles.CanServe(type) ? type : SentFiles.Unknown,
            ["base64"] = Convert.ToBase64String(content.GetBuffer(), 0, (int)content.Length),
        };
    }
}
