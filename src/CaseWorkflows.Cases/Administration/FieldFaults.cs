using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Collects the faults of a document, so that all come at once, and reads its usual fields.</summary>
public sealed class FieldFaults
{
    private readonly Dictionary<string, string[]> _errors = [];

    public void Add(string field, string message) => _errors[field] = _errors.TryGetValue(field, out var earlier) ? [.. earlier, message] : [message];

    public void ThrowIfAny()
    {
        if (_errors.Count > 0) throw new ValidationFailedException(_errors);
    }

    public string? Required(JsonObject document, string field)
    {
        if (document[field]?.ToString() is { } text && !string.IsNullOrWhiteSpace(text)) return text;
        Add(field, "Fältet krävs.");
        return null;
    }

    public string? OneOf(JsonObject document, string field, params string[] values)
    {
        if (Required(document, field) is not { } text) return null;
        if (values.Contains(text)) return text;
        Add(field, $"Ange något av: {string.Join(", ", values)}.");
        return null;
    }

    /// <summary>Writes the person's id into the field.</summary>
    public Person? Person(JsonObject document, string field, ReferenceView reference)
    {
        if (Required(document, field) is not { } text) return null;
        if (reference.FindPerson(text) is not { } person)
        {
            Add(field, "Personen finns inte.");
            return null;
        }

        document[field] = person.Id;
        return person;
    }

    /// <summary>Writes the unit's id into the field.</summary>
    public Unit? Unit(JsonObject document, string field, ReferenceView reference)
    {
        if (Required(document, field) is not { } text) return null;
        if (reference.FindUnit(text) is not { } unit)
        {
            Add(field, "Enheten finns inte.");
            return null;
        }

        document[field] = unit.Id;
        return unit;
    }

    public DateOnly? Date(JsonObject document, string field, bool required)
    {
        var text = document[field]?.ToString();
        if (string.IsNullOrWhiteSpace(text))
        {
            if (required) Add(field, "Datum krävs.");
            if (document.ContainsKey(field)) document[field] = null;
            return null;
        }

        if (IsoText.Date(text) is { } date)
        {
            document[field] = IsoText.Write(date);
            return date;
        }

        Add(field, $"{IsoText.DateFault}.");
        return null;
    }

    /// <summary>Writes the instant with Sweden's offset into the field.</summary>
    public DateTimeOffset? Instant(JsonObject document, string field, DateTimeOffset now)
    {
        if (document[field]?.ToString() is not { } text || string.IsNullOrWhiteSpace(text)) return null;
        if (IsoText.Instant(text, now) is { } at)
        {
            document[field] = IsoText.Write(at);
            return at;
        }

        Add(field, $"{IsoText.InstantFault}.");
        return null;
    }
}
