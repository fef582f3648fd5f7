using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Web.Forms;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Requests;

/// <summary>What can be chosen at a unit: its people with their roles, the region's units, the phrases.</summary>
internal static class Choices
{
    public static FormChoices At(CommandContext context, string? unitId) => unitId is null ? FormChoices.None : new FormChoices
    {
        People = People(context, unitId),
        Units = [.. context.Reference.Units.Values.Where(u => u.Region == context.Reference.RegionOf(unitId) && u.Activated && u.Type != OperationType)
            .OrderBy(u => u.Name, Swedish).Select(u => new FormOption(u.Id, u.Name))],
        Phrases = Phrases(context.Reference, unitId),
    };

    /// <summary>Units that the actor works for, operations left out.</summary>
    public static IReadOnlyList<FormOption> UnitsOf(CommandContext context) =>
        Units(context, context.Actor.Roles.Select(r => r.Unit));

    public static IReadOnlyList<FormOption> Units(CommandContext context, IEnumerable<string> ids) =>
        [.. ids.Distinct().Select(id => context.Reference.Units.GetValueOrDefault(id)).Where(u => u is { Activated: true } && u.Type != OperationType)
            .OrderBy(u => u!.Name, Swedish).Select(u => new FormOption(u!.Id, u.Name))];

    public static IReadOnlyList<FormOption> People(CommandContext context, string unitId)
    {
        var reference = context.Reference;
        var scopes = reference.SelfAndAbove(unitId).Where(s => s != ReferenceView.Everywhere).ToHashSet();
        var today = SwedishTime.LocalDate(context.Now);
        return [.. reference.Assignments.Values
            .Where(a => scopes.Contains(a.Unit) && a.Reason == RoleAssignment.Own && reference.Roles.GetValueOrDefault(a.Role)?.Product != true)
            .GroupBy(a => a.Person)
            .Select(g => (Person: reference.FindPerson(g.Key), Roles: g.Select(a => reference.RoleName(a.Role)).Distinct()))
            .Where(p => p.Person is { Kind: "person" })
            .OrderBy(p => p.Person!.DisplayName, Swedish)
            .Select(p => new FormOption(p.Person!.Id, T(reference.IsAbsent(p.Person.Id, today) ? "person.absent" : "person.label", p.Person.DisplayName, string.Join(", ", p.Roles))))];
    }

    private static PhraseChoice[] Phrases(ReferenceView reference, string unitId)
    {
        var scopes = reference.SelfAndAbove(unitId).ToHashSet();
        return [.. reference.Phrases.Values
            .Where(p => p.State == "Publicerad" && (p.Unit is null || scopes.Contains(p.Unit)) && (p.Region is null || scopes.Contains(p.Region)))
            .Select(p => p.Key).Distinct()
            .Select(key => reference.FindPhrase(key, unitId)!)
            .Where(p => p is not null)
            .OrderBy(p => p.Title ?? p.Key, Swedish)
            .Select(p => new PhraseChoice(p.Key, p.Title ?? p.Key, p.Text))];
    }

    private const string OperationType = "verksamhet";

    private static readonly StringComparer Swedish = StringComparer.Create(Texts.Text.Swedish, ignoreCase: true);
}
