using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;

namespace CaseWorkflows.Cases.Activities;

/// <summary>
/// Names that expressions may use: <c>arende</c> (the case), <c>enhet</c> (its responsible unit) and functions of reference data and calendar.
/// Instants and dates are ISO text in Swedish time.
/// </summary>
public sealed class CaseExpressionGlobals : IExpressionGlobals
{
    private const int MostDays = 36_525;

    /// <summary>Every name that is registered; the check of routines knows them by this.</summary>
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal)
    {
        "arende", "enhet", "nu", "enhetMed", "installning", "fras", "arendetyper", "enheter", "harRoll", "rollnamn", "personer", "person", "bevakare",
        "arbetsdagar", "arbetsdag", "plusDagar", "oppning", "stangning", "forstaOppningEfter", "veckansSista", "veckansArbetsdagar",
    };

    /// <summary>Variables that steps set, and inputs that starts give, without a routine having to declare them.</summary>
    public static readonly IReadOnlySet<string> ImplicitVariables = new HashSet<string>(StringComparer.Ordinal)
    {
        ActivityContextExtensions.AnswerVariable, ResponseDeadline.ToldVariable, "enhet", "steg",
    };

    public void Register(ExpressionGlobalsBuilder b)
    {
        if (b.Ambient<CaseScope>() is not { } scope) return;
        var view = scope.Reference;
        b.Value("arende", () => CaseValues.Of(scope.Case, view));
        b.Value("enhet", () => CaseValues.OfUnit(scope.Case?.ResponsibleUnitId, view));
        b.Value("nu", () => CaseValues.Iso(b.Now));
        b.Function("enhetMed", a => CaseValues.OfUnit(Unit(a, 0, scope), view));
        b.Function("installning", a => Values.FromJson(view.Setting<System.Text.Json.Nodes.JsonNode>(Text(a, 0) ?? "", Unit(a, 1, scope))));
        b.Function("fras", a => PhraseText.Fill(view.FindPhrase(Text(a, 0) ?? "", Unit(a, 1, scope))?.Text, scope.Case, view));
        b.Function("arendetyper", a => Offered(Unit(a, 0, scope), view));
        b.Function("enheter", a => Siblings(Unit(a, 1, scope), Text(a, 0), view));
        b.Function("harRoll", a => Unit(a, 1, scope) is { } unit && view.Holders(view.FindRole(Text(a, 0))?.Code ?? Text(a, 0) ?? "", unit, true).Count > 0);
        b.Function("rollnamn", a => view.RoleName(Text(a, 0) ?? ""));
        b.Function("personer", a => Unit(a, 1, scope) is { } unit ? People(view, view.FindRole(Text(a, 0))?.Code ?? Text(a, 0) ?? "", unit, others: a is [_, _, true]) : []);
        b.Function("person", a => Known(a, 0, scope) is { } p ? CaseValues.OfPerson(p, view) : null);
        b.Function("bevakare", a => CoverCandidates.Find(Known(a, 0, scope), view, scope.Now));
        b.Function("arbetsdagar", a => Date(a, 0) is { } from && Date(a, 1) is { } to ? Hours(a, 2, scope).Calendar.Count(from, Within(to.DayNumber - from.DayNumber, to)) : null);
        b.Function("arbetsdag", a => Date(a, 1) is { } from ? CaseValues.Iso(Hours(a, 2, scope).Calendar.Add(from, Within(Number(a, 0), Number(a, 0)))) : null);
        b.Function("plusDagar", a => Date(a, 0) is { } from ? CaseValues.Iso(SwedishTime.Plus(from, Number(a, 1))) : null);
        b.Function("oppning", a => Date(a, 0) is { } day ? CaseValues.Iso(SwedishTime.ToInstant(day, Hours(a, 1, scope).OpeningOn(day) ?? Deadlines.DefaultOpening)) : null);
        b.Function("stangning", a => Date(a, 0) is { } day ? CaseValues.Iso(SwedishTime.ToInstant(day, Hours(a, 1, scope).ClosingOn(day) ?? Deadlines.DefaultClosing)) : null);
        b.Function("forstaOppningEfter", a => Date(a, 0) is { } day ? FirstOpeningAfter(day, Hours(a, 1, scope)) : null);
        b.Function("veckansSista", a => Date(a, 0) is { } day ? CaseValues.Iso(Hours(a, 1, scope).Calendar.Week(day)?.Last) : null);
        b.Function("veckansArbetsdagar", a => Date(a, 0) is { } day && Hours(a, 1, scope) is var h && h.Calendar.Week(day) is { } week ? h.Calendar.Count(week.First, week.Last) : 0);
    }

    // Days are counted one by one.
    private static T Within<T>(int days, T value) =>
        days <= MostDays ? value : throw new InvalidOperationException($"Högst {MostDays} dagar (hundra år) kan räknas åt gången.");

    private static string? Text(object?[] args, int i) => i < args.Length ? args[i]?.ToString() : null;

    private static int Number(object?[] args, int i) => i < args.Length ? Values.ConvertTo<int>(args[i]) : 0;

    private static DateOnly? Date(object?[] args, int i)
    {
        if (i >= args.Length) return null;
        return args[i] switch
        {
            DateTimeOffset at => SwedishTime.LocalDate(at),
            DateTime at => DateOnly.FromDateTime(at),
            DateOnly date => date,
            var other => IsoText.Date(other?.ToString())
        };
    }

    private static string? Unit(object?[] args, int i, CaseScope scope) =>
        Text(args, i) is not { Length: > 0 } named ? scope.Case?.ResponsibleUnitId
        : (scope.Reference.FindUnit(named)?.Id ?? named) is var id && scope.Reaches(id) ? id : null;

    private static Person? Known(object?[] args, int i, CaseScope scope) =>
        scope.Reference.FindPerson(Text(args, i)) is { } person && scope.ReachesPerson(person.Id) ? person : null;

    private static OpeningHours Hours(object?[] args, int i, CaseScope scope) => scope.Reference.HoursOf(Unit(args, i, scope) ?? ReferenceView.Everywhere);

    private static List<object?> Offered(string? unitId, ReferenceView view) =>
        unitId is null || !view.Units.TryGetValue(unitId, out var unit) ? []
        : [.. unit.CaseTypeOffers.Where(o => o.Active && view.CaseTypes.ContainsKey(o.Type))
            .Select(o => (object?)CaseValues.Option(o.Type, view.CaseTypes[o.Type].Name))];

    private static List<object?> Siblings(string? unitId, string? type, ReferenceView view)
    {
        var operation = unitId is null ? null : view.Units.GetValueOrDefault(unitId)?.Operation;
        return [.. view.Units.Values
            .Where(u => u.Activated && operation is not null && u.Operation == operation && (type is null || u.Type == type))
            .OrderBy(u => u.Name, StringComparer.Ordinal).Select(u => (object?)CaseValues.Option(u.Id, u.Name))];
    }

    // The unit's own first, then, where asked for, colleagues of its operation. One who gets no mail is marked in the list (ONK-38).
    private static List<object?> People(ReferenceView view, string role, string unitId, bool others)
    {
        var people = view.Holders(role, unitId, includeCover: true).Select(p => (Person: p, Where: (string?)null)).ToList();
        if (others && view.Units.GetValueOrDefault(unitId)?.Operation is { } operation)
        {
            people.AddRange(view.Units.Values.Where(u => u.Operation == operation && u.Id != unitId).OrderBy(u => u.Name, StringComparer.Ordinal)
                .SelectMany(u => view.Holders(role, u.Id).Select(p => (p, (string?)u.Name)))
                .Where(c => people.All(p => p.Person.Id != c.p.Id)));
        }

        return [.. people.DistinctBy(p => p.Person.Id).Select(p => (object?)CaseValues.Option(p.Person.Id,
            p.Person.DisplayName + (p.Where is null ? "" : $", {p.Where}") + (p.Person.EmailNotice ? "" : " (saknar e-postavisering)")))];
    }

    private static string FirstOpeningAfter(DateOnly day, OpeningHours hours)
    {
        var next = hours.Calendar.OnOrAfter(SwedishTime.Plus(day, 1));
        return CaseValues.Iso(SwedishTime.ToInstant(next, hours.OpeningOn(next) ?? Deadlines.DefaultOpening))!;
    }
}
