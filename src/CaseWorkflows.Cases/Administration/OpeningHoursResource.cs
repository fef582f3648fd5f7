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
    private const string Overlapping = "Två tider samma dag går in i varandra.";

    public override string Kind => ReferenceKinds.OpeningHours;

    public override string Path => "opening-hours";

    public override string Name => "Öppettider";

    public override bool MovesTriggers => true;

    public override string NewId(JsonObject document) => document["unit"]!.ToString();

    public override IReadOnlyList<string> Permissions => [Organisation.Permissions.UnitManage];

    public override Type Shape => typeof(OpeningHoursRecord);

    public override IReadOnlyList<string> Fixed => ["unit"];

    public override IEnumerable<string> PlacesOf(JsonObject document, CommandContext context) =>
        document["unit"]?.ToString() is { } unit ? [context.Reference.FindPlace(unit) ?? unit] : [];

    public override void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        faults.Unit(document, "unit", context.Reference);
        OpeningHours hours;
        try
        {
            hours = ReferenceJson.Read<OpeningHoursRecord>(document).ToHours(WorkingCalendar.Swedish);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            faults.Add("weekdays", "Ange tider som [[\"08:00\", \"17:00\"]] per veckodag (mån, tis, … eller mån-fre).");
            return;
        }

        CheckOverlaps(document, faults);
        // shorter hours on a single date need a unit that keeps open meanwhile.
        foreach (var special in (document["special"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (special["coverUnit"] is not null)
            {
                faults.CoverUnit(special, document["unit"]?.ToString(), "special", context.Reference);
                continue;
            }

            if (IsoText.Date(special["date"]?.ToString()) is not { } date) continue;
            if (before is null || date < SwedishTime.LocalDate(context.Now)) continue;
            var ordinary = ReferenceJson.Read<OpeningHoursRecord>(before) with { Special = [] };
            if (Length(hours.On(date)) < Length(ordinary.ToHours(WorkingCalendar.Swedish).On(date))
                && !((before["special"] as JsonArray)?.Any(s => s?["date"]?.ToString() == special["date"]!.ToString()) ?? false))
                faults.Add("special", $"Planerad stängning är inte tillåten: kortare öppettider {date:yyyy-MM-dd} kräver en ersättande enhet.");
        }
    }

    private static void CheckOverlaps(JsonObject document, FieldFaults faults)
    {
        var record = ReferenceJson.Read<OpeningHoursRecord>(document);
        if (record.Weekdays.Values.Any(Overlap)) faults.Add("weekdays", Overlapping);
        if (Overlap(record.OtherDays)) faults.Add("otherDays", Overlapping);
        if (record.Special.Any(s => Overlap(s.Intervals))) faults.Add("special", Overlapping);
    }

    private static bool Overlap(IReadOnlyList<IReadOnlyList<string>> pairs) =>
        OpeningHoursRecord.Intervals(pairs).OrderBy(i => i.From).ToList() is var ordered && ordered.Zip(ordered.Skip(1)).Any(p => p.Second.From < p.First.To);

    private static TimeSpan Length(IReadOnlyList<TimeInterval> intervals) => intervals.Aggregate(TimeSpan.Zero, (sum, i) => sum + (i.To - i.From));
}
