using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Access;

/// <summary>
/// Who sees a case (the row <c>c</c>), and who sees its text. Outside the actor's regions nothing exists (D-14). A trial is its starter's
/// alone. Else one sees a case because one has it, or a task of it, or covers for whoever has (D-10, X-52); because it is of one's unit; as
/// the account that delivered it; or, without its text, as an auditor. With a protected identity the unit is not enough (D-10).
/// </summary>
internal sealed class CaseRules
{
    public CaseRules(Actor actor, ReferenceView reference)
    {
        var me = actor.PersonId ?? "";
        var tasks = new TaskRules(actor, reference);

        InRegion = In(actor.Regions, "c.region", c => c.Region);
        var trial = Rule<CaseFacts>.When($"c.trial", c => c.Trial);
        var starts = Rule<CaseFacts>.When($"c.starter = {me}", c => c.Starter == me);
        var isProtected = Rule<CaseFacts>.When($"c.protected", c => c.Protected);

        // A routine names whom it likes, and people leave: that one has the case opens it while one works with cases there.
        var works = In(actor.WorkUnits, "c.unit", c => c.Unit) | In(actor.WorkUnits, "c.responsible_unit", c => c.ResponsibleUnit) | In(actor.WorkUnits, "c.owner_unit", c => c.OwnerUnit);
        var owner = works & Rule<CaseFacts>.When($"c.owner_person = {me}", c => c.OwnerPerson == me);
        var covers = actor.CoverPlaces.ToArray();
        var coversOwner = covers.Length == 0 ? Rule<CaseFacts>.Never : Rule<CaseFacts>.When(
            $"ARRAY[c.owner_person || '@' || c.unit, c.owner_person || '@' || c.responsible_unit, c.owner_person || '@' || c.owner_unit] && {covers}",
            c => c.OwnerPerson is { } o && new[] { c.Unit, c.ResponsibleUnit, c.OwnerUnit }.Any(u => covers.Contains(o + "@" + u)));
        var byTask = Rule<CaseFacts>.When(
            $"EXISTS (SELECT 1 FROM task t JOIN cases k ON k.id = t.case_id WHERE t.case_id = c.id AND NOT t.trial AND {tasks.ShowsCase})",
            c => c.Tasks.Any(t => !t.Trial && tasks.ShowsCase.Holds(t)));

        var open = ProtectedIdentity.OpenUnits(actor, reference);
        Rule<CaseFacts> Reads(string permission) => ReadsAt(actor.UnitsWith(permission));
        Rule<CaseFacts> ReadsAt(string[] units) =>
            (In(units, "c.unit", c => c.Unit) & (!isProtected | In(open, "c.unit", c => c.Unit)))
            | (In(units, "c.responsible_unit", c => c.ResponsibleUnit) & (!isProtected | In(open, "c.responsible_unit", c => c.ResponsibleUnit)));

        var channels = actor.Channels.Contains(Person.EveryChannel) ? Rule<CaseFacts>.Always : In(actor.Channels, "c.channel", c => c.Channel);
        var sends = channels & In(actor.UnitsWith(Permissions.IntegrationEvents), "c.unit", c => c.Unit);
        var widened = ProtectedIdentity.WidenedUnits(reference);
        var delivered = actor.Kind != ActorKind.Integration ? Rule<CaseFacts>.Never
            : sends & (!isProtected | In(widened, "c.unit", c => c.Unit));

        ByUnit = Reads(Permissions.CaseReadUnit);
        ByUnitWithoutText = Reads(Permissions.CaseReadNoText);
        SeesText = InRegion & ((trial & starts) | (!trial & (owner | coversOwner | ByUnit | delivered | byTask)));
        Sees = SeesText | (InRegion & !trial & ByUnitWithoutText);
        Delivers = InRegion & !trial & (actor.Kind == ActorKind.Integration ? sends : In(actor.UnitsWith(Permissions.IntegrationEvents), "c.unit", c => c.Unit));
    }

    public Rule<CaseFacts> InRegion { get; }

    public Rule<CaseFacts> Sees { get; }

    /// <summary>The patient, what was written, what routines computed from it.</summary>
    public Rule<CaseFacts> SeesText { get; }

    /// <summary>By the unit alone, with text.</summary>
    public Rule<CaseFacts> ByUnit { get; }

    /// <summary>By the unit alone, as an auditor.</summary>
    public Rule<CaseFacts> ByUnitWithoutText { get; }

    /// <summary>May bring what the resident writes and what other systems tell, and take what is sent: a protected identity too, for that must arrive.</summary>
    public Rule<CaseFacts> Delivers { get; }

    private static Rule<CaseFacts> In(IEnumerable<string> places, string column, Func<CaseFacts, string?> of)
    {
        var all = places as string[] ?? [.. places];
        return all.Length == 0 ? Rule<CaseFacts>.Never
            : Rule<CaseFacts>.When(System.Runtime.CompilerServices.FormattableStringFactory.Create(column + " = ANY ({0})", [all]), c => of(c) is { } place && all.Contains(place));
    }
}
