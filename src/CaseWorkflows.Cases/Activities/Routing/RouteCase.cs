using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Looks the case up in a routing table and leaves by the outcome of the row that fits best.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Routing, Order = 10, DisplayName = "Dirigera",
    Description = "Slår upp ärendet i en dirigeringstabell och går vidare enligt raden: ärendetyp, enhet, team, prioritet, yrkesroll, besöksform.")]
public sealed class RouteCase : CodeActivity
{
    private const string NoRule = "Ingen regel";
    private const string NotOffered = "Erbjuds inte";

    [Input(DisplayName = "Tabell", Description = "Dirigeringstabellens namn.", UIHint = "dropdown", OptionsProvider = "routingTables", Order = 1, Required = true)]
    public Input<string>? Table { get; set; }

    [Input(DisplayName = "Utfall", Description = "Radernas utfall, samt Ingen regel och Erbjuds inte.", UIHint = "dynamic-outcomes", DefaultSyntax = "Object", Order = 2, Required = true,
        UiSpecifications = """{"DynamicOutcomesOptions":{"fixedOutcomes":["Ingen regel","Erbjuds inte"]}}""")]
    public Input<object>? Outcomes { get; set; }

    [Input(DisplayName = "Kontrollera utbudet", Description = "Går ut genom Erbjuds inte när enheten inte erbjuder ärendetypen.", UIHint = "checkbox", DefaultValue = true, Order = 3)]
    public Input<bool>? CheckOffer { get; set; }

    [Input(DisplayName = "Enhet", Description = "Tomt = ärendets ansvariga enhet.", UIHint = "dropdown", OptionsProvider = "units", Order = 4)]
    public Input<string>? Unit { get; set; }

    [Input(DisplayName = "Yrkesroll", Order = 5)]
    public Input<string>? Profession { get; set; }

    [Input(DisplayName = "Besöksform", Order = 6)]
    public Input<string>? VisitForm { get; set; }

    [Output(DisplayName = "Rad", Description = "Raden: utfall, typkod, roller, forvalt, extra, obligatoriska, anmarkning, regel, varden.")]
    public Output<object>? Row { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        var record = c.RequireCase();
        var view = c.Scope().Reference;
        var unit = c.RequireUnit(Unit);
        var row = view.Route(new RoutingQuery(
            c.Get(Table) ?? "", unit, record.CaseType, record.Team, record.Priority, record.Channel, c.Get(Profession), c.Get(VisitForm), record.Patient?.Digital));
        var offered = !c.Get(CheckOffer) || view.Offers(unit, record.CaseType);
        var outcome = !offered ? NotOffered : row is null || row.Outcome.Trim() is not { Length: > 0 } word ? NoRule : Known(c.Texts(Outcomes), word, c.Get(Table));
        c.Set(Row, ToVariable(row, outcome, record.CaseType));
        c.History("Dirigerat", after: outcome, reason: row?.Note, rule: row?.Rule);
        c.CompleteWithOutcomes(outcome);
    }

    /// <summary>A word that no way out carries would leave the case with nobody, and nobody would be told.</summary>
    private static string Known(IReadOnlyList<string> outcomes, string word, string? table) =>
        outcomes.Append(NoRule).Append(NotOffered).FirstOrDefault(o => string.Equals(o.Trim(), word, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidOperationException($"Utfallet ”{word}” i dirigeringstabellen ”{table}” är inget av stegets: {string.Join(", ", outcomes)}. Rätta raden och försök igen.");

    private static Dictionary<string, object?> ToVariable(RoutingRow? row, string outcome, string caseType) => new()
    {
        ["utfall"] = outcome,
        ["typkod"] = caseType,
        ["roller"] = row?.Roles.Cast<object?>().ToList() ?? [],
        ["forvalt"] = row?.Preselected,
        ["extra"] = row?.ExtraOutcomes.Cast<object?>().ToList() ?? [],
        ["obligatoriska"] = row?.RequiredFields.ToDictionary(f => f.Key, f => (object?)f.Value.Cast<object?>().ToList()) ?? [],
        ["anmarkning"] = row?.Note,
        ["regel"] = row?.Rule,
        ["rutin"] = row?.Workflow,
        ["varden"] = Values.FromJson(row?.Values)
    };
}
