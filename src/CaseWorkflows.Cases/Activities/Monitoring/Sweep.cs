using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.Sweeps;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Looks up the open cases of a unit or a person that need a look. The query runs in the transaction of the burst.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Monitoring, Order = 10, DisplayName = "Genomgång",
    Description = "Söker fram de ärenden som behöver ses över, på en enhet eller hos en person. Raderna passar i en uppgifts radfält.")]
[Port("Tom")]
[Port("Träffar")]
public sealed class Sweep : Activity
{
    [Input(DisplayName = "Vad söks", UIHint = "checklist", DefaultSyntax = "Object", Order = 1, Required = true, Options =
    [
        SweepKind.NotStarted + "|Ej påbörjade", SweepKind.DistributedNotStarted + "|Fördelade men ej påbörjade", SweepKind.Flagged + "|Flaggade", SweepKind.DueToday + "|Förfaller idag",
        SweepKind.NewReply + "|Nytt svar från invånaren", SweepKind.OldPartialReply + "|Delsvar äldre än n arbetsdagar", SweepKind.AllOpen + "|Alla öppna"
    ])]
    public Input<object>? Kinds { get; set; }

    [Input(DisplayName = "Enhet", Description = "Tomt = rutinens enhet.", UIHint = "dropdown", OptionsProvider = "units", Order = 2)]
    public Input<string>? Unit { get; set; }

    [Input(DisplayName = "Person", Description = "Bara ärenden hos denna person, på alla enheter.", Order = 3, MaxLength = InputLengths.Word)]
    public Input<string>? Person { get; set; }

    [Input(DisplayName = "Delsvar äldre än (arbetsdagar)", DefaultValue = 2, Order = 4)]
    public Input<int>? OlderThan { get; set; }

    [Input(DisplayName = "Val per rad", Description = "De svar som går att ge för varje rad.", UIHint = "multitext", DefaultSyntax = "Object", Order = 5)]
    public Input<object>? Options { get; set; }

    [Output(DisplayName = "Rader")]
    public Output<object>? Rows { get; set; }

    [Output(DisplayName = "Antal")]
    public Output<int>? Count { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        ClockValidation.Positive(v, nameof(OlderThan), OlderThan, "Delsvar äldre än (arbetsdagar)");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        var scope = c.Scope();
        var person = c.PersonId(c.Get(Person));
        var unit = person is null ? c.RequireUnit(Unit) : null;
        // A person's cases are known where the person works.
        List<string> places = unit is not null ? [unit] : [.. scope.Reference.AssignmentsOf(person!).Select(a => a.Unit).Distinct()];
        if (places.Count > 0) Remember(scope, places);
        var bookmark = c.CreateBookmark("Sweep", null, null);
        c.Emit(new QueryRequested(bookmark.Id, new CaseQuery
        {
            UnitId = unit, Person = person, TellsUnits = places.Count == 0, Kinds = c.Texts(Kinds), OlderThanWorkingDays = c.Get(OlderThan) is > 0 and var days ? days : 2
        }));
    }

    protected override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        var view = c.Scope().Reference;
        var options = c.Texts(Options).Cast<object?>().ToList();
        var found = (input as IEnumerable<CaseQueryRow> ?? Values.ToJson(input).Read<List<CaseQueryRow>>() ?? []).ToList();
        foreach (var row in found) if (row.Unit is { } place) Remember(c.Scope(), [place]);
        var rows = found.Select(r => (object?)Row(r, view, options)).ToList();
        c.Set(Rows, rows);
        c.Set(Count, rows.Count);
        c.CompleteWithOutcomes(rows.Count == 0 ? "Tom" : "Träffar");
    }

    private static void Remember(CaseScope scope, List<string> places)
    {
        if (!scope.Trial && !scope.Swept.Exists(s => s.SequenceEqual(places))) scope.Swept.Add(places);
    }

    private static Dictionary<string, object?> Row(CaseQueryRow row, ReferenceView view, List<object?> options) => new()
    {
        ["key"] = row.CaseNumber,
        ["case"] = row.CaseId.ToString(),
        ["caseNumber"] = row.CaseNumber,
        // Whoever reviews may be another than those who see the case: its number, times and owner are enough to remind somebody (D-10).
        ["ärendetyp"] = row.Protected ? CaseFlag.ProtectedIdentity : view.CaseTypes.GetValueOrDefault(row.CaseType)?.Name ?? row.CaseType,
        ["status"] = row.Protected ? null : row.Status,
        ["inkommet"] = SwedishTime.WithOffset(row.ArrivedAt).ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["senast"] = row.Due is { } due ? SwedishTime.WithOffset(due).ToString("O", System.Globalization.CultureInfo.InvariantCulture) : null,
        ["ägare"] = row.OwnerPerson is { } owner ? view.FindPerson(owner)?.ShortName ?? owner : row.OwnerRole is { } role ? view.RoleName(role) : null,
        ["agarPerson"] = row.OwnerPerson,
        ["agarRoll"] = row.OwnerRole,
        ["orsak"] = string.Join(", ", row.Reasons),
        ["options"] = options
    };
}
