using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Opening hours of a unit. Timers already armed stand; scheduled triggers follow the new hours (D-13).</summary>
internal sealed class OpeningHoursResource : ReferenceResource
{
    public override string Kind => ReferenceKinds.OpeningHours;

    public override string Path => "opening-hours";

    public override string Name => "Öppettider";

    public override bool MovesTriggers => true;

    public override string NewId(JsonObject document) => document["unit"]!.ToString();

    public override string? ScopeOf(JsonObject document, CommandContext context) => document["unit"]?.ToString();

    public override void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        document.Remove("id");
        faults.Unit(document, "unit", context.Reference);
        foreach (var special in (document["special"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (IsoText.Date(special["date"]?.ToString()) is { } date) special["date"] = IsoText.Write(date);
            else faults.Add("special", $"{IsoText.DateFault}.");
        }

        OpeningHours hours;
        try
        {
            hours = document.Deserialize<OpeningHoursRecord>(DomainJson.Options)!.ToHours(WorkingCalendar.Swedish);
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentOutOfRangeException)
        {
            faults.Add("weekdays", "Ange tider som [[\"08:00\", \"17:00\"]] per veckodag (mån, tis, … eller mån-fre).");
            return;
        }

        // shorter hours on a single date need a unit that keeps open meanwhile.
        foreach (var special in (document["special"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (IsoText.Date(special["date"]?.ToString()) is not { } date || special["coverUnit"] is not null) continue;
            if (before is null || date < SwedishTime.LocalDate(context.Now)) continue;
            var ordinary = before.Deserialize<OpeningHoursRecord>(DomainJson.Options)! with { Special = [] };
            if (Length(hours.On(date)) < Length(ordinary.ToHours(WorkingCalendar.Swedish).On(date))
                && !((before["special"] as JsonArray)?.Any(s => s?["date"]?.ToString() == special["date"]!.ToString()) ?? false))
                faults.Add("special", $"Planerad stängning är inte tillåten: kortare öppettider {date:yyyy-MM-dd} kräver en ersättande enhet.");
        }
    }

    public override bool MayWrite(JsonObject document, CommandContext context) =>
        document["unit"]?.ToString() is { } unit && context.Actor.May(Permissions.UnitManage, context.Reference.FindUnit(unit)?.Id ?? unit);

    private static TimeSpan Length(IReadOnlyList<TimeInterval> intervals) => intervals.Aggregate(TimeSpan.Zero, (sum, i) => sum + (i.To - i.From));
}
