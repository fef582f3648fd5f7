using System.Runtime.CompilerServices;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.Tasks;

namespace CaseWorkflows.Cases.Access;

/// <summary>
/// Who sees a task (the row <c>t</c>, its case <c>k</c>), and which lists show it. One sees what one does, did or is asked to do, oneself or
/// for a colleague whom one covers for, and what is of one's unit; an auditor all of a region, without texts. With a protected identity
/// (D-10) only those who receive its cases or have the case see more than what waits for them. By what right somebody works with a
/// task, taking over included, is <see cref="TaskAccess"/>'s to tell.
/// </summary>
internal sealed class TaskRules
{
    private readonly Rule<TaskRecord> _trial = When($"t.trial", t => t.Trial);
    private readonly Rule<TaskRecord> _waits = When($"t.state IN ('Öppen', 'Tagen', 'Låst')", t => t.IsActive);
    private readonly Rule<TaskRecord> _ready = When($"t.state IN ('Öppen', 'Tagen')", t => t.State is TaskState.Open or TaskState.Taken);

    public TaskRules(Actor actor, ReferenceView reference)
    {
        var me = actor.PersonId ?? "";
        var covers = actor.CoverPlaces.ToArray();
        // A routine names whom it likes, people and roles, and people leave: that opens no case to those who work with none there.
        var worksWithCase = In(actor.WorkUnits, "k.unit", t => t.CaseUnits.ElementAtOrDefault(0)) | In(actor.WorkUnits, "k.responsible_unit", t => t.CaseUnits.ElementAtOrDefault(1))
            | In(actor.WorkUnits, "k.owner_unit", t => t.CaseOwnerUnit);
        Works = worksWithCase | In(actor.WorkUnits, "t.unit", t => t.Unit) | (When($"t.case_id IS NULL", t => t.CaseId is null) & In(actor.StaffUnits, "t.unit", t => t.Unit));
        var held = Held(actor, reference.WorksWithCases);
        var heldElse = Held(actor, r => !reference.WorksWithCases(r) && !reference.IsProduct(r));
        var open = ProtectedIdentity.OpenUnits(actor, reference);

        InRegion = In(actor.Regions, "t.region", t => t.Region) & !When($"t.sealed", t => t.Sealed);
        Free = When($"t.assignee IS NULL", t => t.Assignee is null);
        Has = Works & When($"t.assignee = {me}", t => t.Assignee == me);
        var did = Works & When($"t.completed_by = {me}", t => t.CompletedBy == me);
        var person = Works & When($"{me} = ANY (t.candidate_persons)", t => t.CandidatePersons.Contains(me));
        var role = AsksFor(held) | (When($"t.case_id IS NULL", t => t.CaseId is null) & AsksFor(heldElse));
        var coversHolder = covers.Length == 0 ? Rule<TaskRecord>.Never : When(
            $"t.assignee || '@' || t.unit = ANY ({covers})", t => t.Assignee is { } a && covers.Contains(a + "@" + t.Unit));
        var coversPerson = covers.Length == 0 ? Rule<TaskRecord>.Never : When(
            $"EXISTS (SELECT 1 FROM unnest(t.candidate_persons) p_ WHERE p_ || '@' || t.unit = ANY ({covers}))", t => t.CandidatePersons.Any(p => covers.Contains(p + "@" + t.Unit)));

        // A task elsewhere makes nobody the owner who does not work where the case is.
        var ownsCase = (worksWithCase & When($"k.owner_person = {me}", t => t.CaseOwner == me)) | (covers.Length == 0 ? Rule<TaskRecord>.Never : When(
            $"ARRAY[k.owner_person || '@' || k.unit, k.owner_person || '@' || k.responsible_unit, k.owner_person || '@' || k.owner_unit] && {covers}",
            t => t.CaseOwner is { } o && t.CaseUnits.Append(t.CaseOwnerUnit).Any(u => covers.Contains(o + "@" + u))));
        var receives = open.Length == 0 ? Rule<TaskRecord>.Never : When($"(k.unit = ANY ({open}) OR k.responsible_unit = ANY ({open}))", t => t.CaseUnits.Any(open.Contains));
        Open = !When($"k.protected", t => t.Protected) | ownsCase | receives;

        ForMe = Has | coversHolder | (Free & (person | role)) | (coversPerson & (Free | Open));
        ShowsCase = did | (Open & (Has | coversHolder | person | coversPerson | role)) | (_waits & (Has | coversHolder | (Free & (person | coversPerson | role))));

        var mine = InRegion & !_trial;
        var unit = In(actor.UnitsWith(Permissions.TaskReadUnit), "t.unit", t => t.Unit);
        var everywhere = actor.UnitsWith(Permissions.TaskReadAll);
        var all = In(everywhere, "t.unit", t => t.Unit) | In(everywhere, "t.region", t => t.Region);
        Trials = InRegion & _trial & When($"t.starter = {me}", t => t.Starter == me);
        SeesText = Trials | (mine & (did | ((_waits | Open) & ForMe) | (Open & unit)));
        Sees = SeesText | (mine & Open & all);

        // Every list shows only what is seen as well.
        Mine = _ready & (Has | (Free & person));
        Available = When($"t.state = 'Öppen'", t => t.State == TaskState.Open) & Free & (person | role);
        OfUnit = _waits & unit;
        Cover = _ready & (coversHolder | (Free & coversPerson));
        All = all;
        OfCase = Mine | OfUnit | Cover | (_waits & role);
    }

    /// <summary>There for the actor at all: of the actor's regions, and not sealed.</summary>
    public Rule<TaskRecord> InRegion { get; }

    /// <summary>The actor works where the task or its case is: with cases, or for a task without one at all.</summary>
    public Rule<TaskRecord> Works { get; }

    public Rule<TaskRecord> Sees { get; }

    /// <summary>Its form, drafts, instructions, comments, and what its case is about.</summary>
    public Rule<TaskRecord> SeesText { get; }

    /// <summary>The actor's own trial work: in no list unless asked for.</summary>
    public Rule<TaskRecord> Trials { get; }

    /// <summary>Ordinary work.</summary>
    public Rule<TaskRecord> Ordinary => !_trial;

    /// <summary>A protected identity does not close it to the actor.</summary>
    public Rule<TaskRecord> Open { get; }

    public Rule<TaskRecord> Free { get; }

    public Rule<TaskRecord> Has { get; }

    /// <summary>The actor may do it without taking it over from anybody.</summary>
    public Rule<TaskRecord> ForMe { get; }

    /// <summary>Its case is seen because of it.</summary>
    public Rule<TaskRecord> ShowsCase { get; }

    public Rule<TaskRecord> Mine { get; }

    /// <summary>What waits to be taken; what is parked is left out with <see cref="NotParked"/>.</summary>
    public Rule<TaskRecord> Available { get; }

    public Rule<TaskRecord> OfUnit { get; }

    public Rule<TaskRecord> Cover { get; }

    public Rule<TaskRecord> All { get; }

    public Rule<TaskRecord> OfCase { get; }

    /// <summary>Not put aside at that business time.</summary>
    public static Rule<TaskRecord> NotParked(DateTimeOffset now) =>
        When($"(t.parked_until IS NULL OR t.parked_until <= {now})", t => t.ParkedUntil is not { } until || until <= now);

    private static string[] Held(Actor actor, Func<string, bool> kind) => [.. actor.Roles.Where(r => kind(r.Role)).Select(r => r.Role + "@" + r.Unit).Distinct()];

    private static Rule<TaskRecord> AsksFor(string[] held) => held.Length == 0 ? Rule<TaskRecord>.Never : When(
        $"EXISTS (SELECT 1 FROM task_candidate c_ WHERE c_.task_id = t.id AND c_.held = ANY ({held}))", t => t.Candidates.Any(c => held.Contains(c.Role + "@" + c.Unit)));

    private static Rule<TaskRecord> When(FormattableString sql, Func<TaskRecord, bool> holds) => Rule<TaskRecord>.When(sql, holds);

    private static Rule<TaskRecord> In(IEnumerable<string> places, string column, Func<TaskRecord, string?> of)
    {
        var all = places as string[] ?? [.. places];
        return all.Length == 0 ? Rule<TaskRecord>.Never
            : When(FormattableStringFactory.Create(column + " = ANY ({0})", [all]), t => of(t) is { } place && all.Contains(place));
    }
}
