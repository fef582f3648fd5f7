using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Collects the faults of a document, so that all come at once, and reads its usual fields.</summary>
public sealed class FieldFaults
{
    private const string Cover = "coverUnit";

    private readonly Dictionary<string, string[]> _errors = [];

    public void Add(string field, string message) => _errors[field] = _errors.TryGetValue(field, out var earlier) ? [.. earlier, message] : [message];

    public bool Any => _errors.Count > 0;

    public bool Has(string field) => _errors.ContainsKey(field);

    public void ThrowIfAny()
    {
        if (_errors.Count > 0) throw new ValidationFailedException(_errors);
    }

    public string? Required(JsonObject document, string field)
    {
        if (document[field]?.ToString() is { } text && !SoundText.IsBlank(text)) return text;
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

    /// <summary>Writes the person's id into the field. People whom the actor does not know of do not exist.</summary>
    public Person? Person(JsonObject document, string field, CommandContext context)
    {
        if (Required(document, field) is not { } text) return null;
        if (context.Reference.FindPerson(text) is not { } person || !AdministrationScope.MaySee(context, person))
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

    /// <summary>The unit that keeps open instead of another: of the same region, and not that one. Writes its id into <c>coverUnit</c>.</summary>
    /// <param name="document">Holds the field.</param>
    /// <param name="unit">The one that is closed.</param>
    /// <param name="field">Where a fault is told.</param>
    /// <param name="reference">Reference data of now.</param>
    /// <returns>Null when it is not given, or cannot be it.</returns>
    public Unit? CoverUnit(JsonObject document, string? unit, string field, ReferenceView reference)
    {
        if (document[Cover]?.ToString() is not { } text) return null;
        var cover = reference.FindUnit(text);
        if (cover is null || cover.Region != reference.RegionOf(unit)) Add(field, "Den ersättande enheten finns inte.");
        else if (cover.Id == unit) Add(field, "En enhet ersätter inte sig själv.");
        else
        {
            document[Cover] = cover.Id;
            return cover;
        }

        return null;
    }

    /// <summary>A unit, an operation, a region or "*"; writes the id into the field.</summary>
    /// <returns>Null when it is not given, or unknown.</returns>
    public string? Place(JsonObject document, string field, ReferenceView reference, bool required)
    {
        var text = required ? Required(document, field) : document[field]?.ToString();
        if (SoundText.IsBlank(text))
        {
            if (document.ContainsKey(field)) document[field] = null;
            return null;
        }

        if (reference.FindPlace(text) is { } id)
        {
            document[field] = id;
            return id;
        }

        Add(field, "Enheten finns inte.");
        return null;
    }

    /// <summary>As <see cref="Place"/>, for a list.</summary>
    public void Places(JsonObject document, string field, ReferenceView reference)
    {
        if (document[field] is not JsonArray list) return;
        for (var i = 0; i < list.Count; i++)
        {
            if (reference.FindPlace(list[i]?.ToString()) is { } id) list[i] = id;
            else Add(field, $"Enheten ”{list[i]}” finns inte.");
        }
    }

    /// <summary>A word that is part of an id and of an address.</summary>
    public void Key(JsonObject document, string field)
    {
        if (document[field]?.ToString() is { Length: > 0 } text && !(text.Length <= 100 && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')))
            Add(field, "Ange högst 100 bokstäver, siffror, punkter, understreck eller bindestreck.");
    }

    /// <summary>Two dates, the second not before the first; both are written as they are read.</summary>
    public void Order(JsonObject document, string from, string to)
    {
        if (Date(document, to, required: false) < Date(document, from, required: false)) Add(to, "Slutdatumet ligger före startdatumet.");
    }

    /// <summary>As <see cref="Order"/>, for instants.</summary>
    public void OrderOfInstants(JsonObject document, string from, string to, DateTimeOffset now)
    {
        if (Instant(document, to, now) < Instant(document, from, now)) Add(to, "Sluttiden ligger före starttiden.");
    }

    public DateOnly? Date(JsonObject document, string field, bool required)
    {
        var text = document[field]?.ToString();
        if (SoundText.IsBlank(text))
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
        if (document[field]?.ToString() is not { } text || SoundText.IsBlank(text)) return null;
        if (IsoText.Instant(text, now) is { } at)
        {
            document[field] = IsoText.Write(at);
            return at;
        }

        Add(field, $"{IsoText.InstantFault}.");
        return null;
    }
}
