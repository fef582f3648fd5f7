using CaseWorkflows.Cases.Forms;
using Microsoft.Extensions.Primitives;

namespace CaseWorkflows.Web.Forms;

/// <summary>A form as it is shown: its fields, what has been typed (else the prefilled values), and what is wrong.</summary>
public sealed record FormState
{
    public required IReadOnlyList<FormField> Fields { get; init; }

    public IReadOnlyList<TaskOutcome> Outcomes { get; init; } = [];

    public FormChoices Choices { get; init; } = FormChoices.None;

    /// <summary>What the browser sent, by input name; null before anything was sent.</summary>
    public IReadOnlyDictionary<string, StringValues>? Sent { get; init; }

    /// <summary>Swedish messages by field key.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The outcome whose fields are shown first: the one just tried, else the preselected one.</summary>
    public string? Armed { get; init; }

    public bool HasFiles => Fields.Any(f => f.Type == FieldType.File);

    public IEnumerable<string> ErrorsOf(FormField field) =>
        Errors.Where(e => FieldKey.Same(e.Key, FieldNames.Key(field))).SelectMany(e => e.Value);

    /// <summary>Messages that belong to no field of the form.</summary>
    public IEnumerable<string> OtherErrors =>
        Errors.Where(e => !Fields.Any(f => FieldKey.Same(e.Key, FieldNames.Key(f)))).SelectMany(e => e.Value);

    /// <summary>The texts to show in a field's control(s).</summary>
    public IReadOnlyList<string> ValuesOf(FormField field)
    {
        var name = FieldNames.Input(field);
        // What was not sent was not on the page: it is as it was.
        if (Sent is not null && Sent.TryGetValue(name, out var sent)) return [.. sent.Where(v => !string.IsNullOrEmpty(v)).Select(v => v!)];
        return FieldText.Of(field.Type, field.Value);
    }

    public string ValueOf(FormField field) => ValuesOf(field) is [var first, ..] ? first : "";
}
