using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Calendars;

namespace CaseWorkflows.Cases.Reference;

/// <summary>Ids of reference documents, and the period of those whose dates are part of what they say.</summary>
internal static class ReferenceIds
{
    public static string IdOf(string kind, JsonObject document)
    {
        return kind switch
        {
            ReferenceKinds.Region or ReferenceKinds.Role or ReferenceKinds.CaseType => Text("code"),
            ReferenceKinds.OpeningHours => Text("unit"),
            ReferenceKinds.Setting => $"{Text("key")}:{document["scope"]?.ToString() ?? "*"}",
            ReferenceKinds.HolidayOverride => $"{Text("region")}:{Text("date")}",
            _ => Text("id")
        };

        string Text(string name) => document[name]?.ToString() ?? throw new FormatException($"A reference document of kind {kind} lacks {name}.");
    }

    /// <summary>A role is held from the start of its first day to the end of its last; null, and 9999-12-31, = without end on that side.</summary>
    public static (DateTimeOffset? From, DateTimeOffset? To) PeriodOf(string kind, JsonObject document)
    {
        if (kind != ReferenceKinds.RoleAssignment) return (null, null);
        return (Day("from") is { } from ? SwedishTime.StartOfDay(from) : null, Day("to") is { } to ? SwedishTime.EndOfDay(to) : null);

        DateOnly? Day(string name) =>
            document[name]?.ToString() is { Length: > 0 } text ? IsoText.Date(text) ?? throw new FormatException($"{name} is no date.") : null;
    }
}
