using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.Cases.Cases;

/// <summary>In the ambient of every burst: the locked case (null for routines without one), reference data of the burst's business time, and who acts.</summary>
public sealed class CaseScope
{
    public CaseScope(CaseRecord? record, ReferenceView reference, Actor actor, DateTimeOffset now, bool isNew = false)
    {
        Case = record;
        Original = isNew ? null : record?.Copy();
        Reference = reference;
        Actor = actor;
        Now = now;
        Region = record?.Region;
    }

    /// <summary>The region that the routine runs in; null when that is none: what only all regions' owners start may reach every one.</summary>
    public string? Region { get; init => field = value is "" or DefinitionFiles.Shared ? null : value; }

    /// <summary>Change it freely; the module writes what differs.</summary>
    public CaseRecord? Case { get; }

    public ReferenceView Reference { get; }

    public Actor Actor { get; }

    /// <summary>The routine is only tried: what it does reaches nobody.</summary>
    public bool Trial { get; init; }

    public DateTimeOffset Now { get; }

    /// <summary>
    /// What the run does can spell what somebody wrote in the case: so even what stands in the routine tells something to those who may not read it.
    /// </summary>
    public bool WaysSpell { get; internal set; }

    /// <summary>A case that is not the run's own has reached it: what the run holds may be of that case.</summary>
    public bool HoldsOfOthers { get; init; }

    /// <summary>Of each sweep whose rows the run may hold, and each absence that it was told of, the units where that may be known. A step that sweeps adds to it.</summary>
    internal List<IReadOnlyList<string>> Swept { get; init; } = [];

    internal CaseRecord? Original { get; }

    // How many of what the burst's steps have sent and noted so far.
    private readonly Dictionary<string, int> _sent = new(StringComparer.Ordinal);

    /// <summary>One more of what a routine in a loop would flood people and records with.</summary>
    /// <param name="what">Swedish, in the plural.</param>
    /// <param name="most">How many one burst may have of it.</param>
    /// <exception cref="InvalidOperationException">More than a routine may at once.</exception>
    public void CountSent(string what, int most)
    {
        _sent[what] = _sent.GetValueOrDefault(what) + 1;
        if (_sent[what] > most) throw new InvalidOperationException($"Rutinen skapar fler än {most} {what} på en gång. Kontrollera att den inte går i en slinga.");
    }

    /// <summary>Nothing that a routine does reaches from one region into another. What belongs to none is everybody's.</summary>
    /// <param name="unitOrRegion">A unit, an operation or a region, by id.</param>
    public bool Reaches(string? unitOrRegion) =>
        Region is null || Reference.RegionOf(unitOrRegion) is not { } other || other == Region;

    /// <summary>Somebody who works in the routine's region, or nowhere else.</summary>
    /// <param name="person">A person's id.</param>
    public bool ReachesPerson(string person) => Reference.AssignmentsOf(person).Select(a => a.Unit).ToList() is not { Count: > 0 } units || units.Exists(Reaches);

    /// <summary>
    /// Somebody who may be given the case or a task: with a role with cases in the operation of the unit, or of one of the case's; without a
    /// case, with any role there but the product's own.
    /// </summary>
    public bool MayWork(string person, string unit) => WorksNear(person, unit, withCases: Case is not null);

    /// <summary>
    /// Somebody who may be told that something is to be done in the case: staff near the unit, or one of the case's. Where what is sent to whom tells
    /// what was written in it, only those who may be given it.
    /// </summary>
    public bool MayHear(string person, string unit) => Case is null || (WaysSpell ? MayWork(person, Case.UnitId) : WorksNear(person, unit, withCases: false));

    private bool WorksNear(string person, string unit, bool withCases) =>
        new[] { unit, Case?.UnitId, Case?.ResponsibleUnitId, Case?.OwnerUnit }.Any(u => u is not null && Reference.WorksNear(person, u, withCases));

    /// <summary>Somebody who may be told of cases of the unit: with a role with some power over patients' cases in its operation.</summary>
    public bool MayKnow(string person, string unit) =>
        Reference.AssignmentsOf(person).Any(a => Reference.KnowsOfCases(a.Role) && Reference.AreNear(a.Unit, unit));

    /// <summary>The case's open tasks as they were before the burst.</summary>
    public IReadOnlyList<OpenTask> OpenTasks { get; init; } = [];

    /// <summary>Who has the case in hand: people, and roles whose task nobody has taken.</summary>
    internal (IReadOnlyList<string> Persons, IReadOnlyList<TaskCandidate> Roles) TaskHolders()
    {
        if (OpenTasks.Count > 0)
            return ([.. OpenTasks.SelectMany(t => t.Assignee is { } a ? [a] : t.CandidatePersons).Distinct()],
                [.. OpenTasks.Where(t => t.Assignee is null && t.CandidatePersons.Count == 0).SelectMany(t => t.Candidates).Distinct()]);
        return Case is { OwnerPerson: { } owner } ? ([owner], [])
            : Case is { OwnerRole: { } role } ? ([], [new TaskCandidate(role, Case.OwnerUnit ?? Case.UnitId)])
            : ([], []);
    }
}
