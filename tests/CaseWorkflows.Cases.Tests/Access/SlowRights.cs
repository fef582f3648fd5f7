namespace CaseWorkflows.Cases.Tests.Access;

/// <summary>
/// Who may see and do what, written from the texts (D-10, D-14, X-52, MODEL 4) and not from the program: one person, one thing, every
/// assignment looked at anew. Slow, and easy to read.
/// </summary>
internal sealed class SlowRights(World world)
{
    public enum Answer { Missing, Refused, WithoutText, Allowed }

    // A role counts on its days, at its unit, at every unit of its operation, and at every unit of its region.
    private bool Reaches(WorldRole role, string unit) =>
        role.IsNow && world.Units.First(u => u.Id == unit) is var u && (role.Place == unit || role.Place == u.Operation || role.Place == u.Region);

    private bool Holds(WorldPerson p, string role, string unit) => p.Roles.Any(r => r.Role == role && Reaches(r, unit));

    // By a role that gives some power over patients' cases, and is none of the product's own.
    private static bool WithCases(string role) => !Worlds.Roles[role].Product
        && Worlds.Roles[role].Permissions.Any(p => p is "case.read.protected" or "case.read.own" or "case.register" or "case.distribute" or "case.answer" or "case.close" or "task.read.unit");

    // A task without a case is anybody's whose role it asks for, the product's own aside.
    private bool HoldsWork(WorldPerson p, string role, WorldTask t) =>
        (WithCases(role) || (t.Case is null && !Worlds.Roles[role].Product)) && Holds(p, role, t.Unit);

    public bool May(WorldPerson p, string permission, string unit) => p.Roles.Any(r => Worlds.Roles[r.Role].Permissions.Contains(permission) && Reaches(r, unit));

    public bool HasRoleIn(WorldPerson p, string region) => p.Roles.Any(r => r.IsNow && (r.Place == region || world.Units.Any(u => u.Id == r.Place && u.Region == region)));

    // Being named opens nothing for those who have no role with cases near it (S-7): there, above it, or in its operation. What is of no case is
    // for any role but the product's own.
    private bool Works(WorldPerson p, bool withCases, IEnumerable<string?> units) => p.Roles.Any(r =>
        r.IsNow && (withCases ? WithCases(r.Role) : !Worlds.Roles[r.Role].Product) && units.OfType<string>().Any(u => IsNear(r.Place, u)));

    private bool IsNear(string place, string unit)
    {
        var there = world.Units.First(u => u.Id == unit);
        if (place == unit || place == there.Operation || place == there.Region) return true;
        return world.Units.FirstOrDefault(u => u.Id == place) is { } own && (own.Operation == unit || (own.Operation is not null && own.Operation == there.Operation));
    }

    private bool WorksBy(WorldPerson p, WorldTask t) =>
        Works(p, true, CaseOf(t) is { } c ? [t.Unit, c.Unit, c.ResponsibleUnit, c.OwnerUnit] : [t.Unit]) || (t.Case is null && Works(p, false, [t.Unit]));

    private bool IsNamed(WorldPerson p, WorldTask t, string? named) => named == p.Id && WorksBy(p, t);

    private bool IsCandidate(WorldPerson p, WorldTask t) => t.CandidatePersons.Contains(p.Id) && WorksBy(p, t);

    public static bool IsAuditor(WorldPerson p) => p.Roles.Any(r => r.IsNow && r.Role == "t_rev");

    private bool Covers(WorldPerson p, string? colleague, string? unit) =>
        colleague is not null && unit is not null && p.Roles.Any(r => r.CoverFor == colleague && Reaches(r, unit));

    private WorldCase? CaseOf(WorldTask t) => world.Cases.FirstOrDefault(c => c.Id == t.Case);

    // D-10: the identity is protected, and the unit has not said that it does not matter there.
    private bool ReadsProtectedAt(WorldPerson p, string unit) => May(p, "case.read.protected", unit) || !world.Units.First(u => u.Id == unit).Narrows;

    private bool HasCase(WorldPerson p, WorldCase c) =>
        (c.Owner == p.Id && Works(p, true, [c.Unit, c.ResponsibleUnit, c.OwnerUnit])) || Covers(p, c.Owner, c.Unit) || Covers(p, c.Owner, c.ResponsibleUnit) || Covers(p, c.Owner, c.OwnerUnit);

    // Whoever receives its cases, or has the case, is not shut out by a protected identity.
    private bool IsShutOut(WorldPerson p, WorldCase c) =>
        c.Protected && !HasCase(p, c) && !ReadsProtectedAt(p, c.Unit) && !ReadsProtectedAt(p, c.ResponsibleUnit);

    private bool IsShutOut(WorldPerson p, WorldTask t) => CaseOf(t) is { } c && IsShutOut(p, c);

    private bool IsAsked(WorldPerson p, WorldTask t) =>
        IsCandidate(p, t) || t.CandidateRoles.Any(r => HoldsWork(p, r, t)) || t.CandidatePersons.Any(c => Covers(p, c, t.Unit));

    private bool TakesPartBy(WorldPerson p, WorldTask t)
    {
        if (t.Trial) return false;
        if (IsNamed(p, t, t.CompletedBy)) return true;
        var has = IsNamed(p, t, t.Assignee) || Covers(p, t.Assignee, t.Unit);
        // Of a protected identity only what waits, and only if nobody else has it.
        return IsShutOut(p, t) ? t.IsActive && (has || (t.Assignee is null && IsAsked(p, t))) : has || IsAsked(p, t);
    }

    private bool ReadsUnitOf(WorldPerson p, WorldCase c, string permission) =>
        new[] { c.Unit, c.ResponsibleUnit }.Any(u => May(p, permission, u) && (!c.Protected || ReadsProtectedAt(p, u)));

    public Answer Sees(WorldPerson p, WorldCase c)
    {
        if (!HasRoleIn(p, c.Region)) return Answer.Missing;
        if (c.Trial) return c.Starter == p.Id ? Answer.Allowed : Answer.Refused;
        if (HasCase(p, c) || ReadsUnitOf(p, c, "case.read.unit")) return Answer.Allowed;
        if (world.Tasks.Any(t => t.Case == c.Id && TakesPartBy(p, t))) return Answer.Allowed;
        if (p.Kind == "integration" && Delivers(p, c) == Answer.Allowed && (!c.Protected || !world.Units.First(u => u.Id == c.Unit).Narrows)) return Answer.Allowed;
        return ReadsUnitOf(p, c, "case.read.notext") ? Answer.WithoutText : Answer.Refused;
    }

    public Answer ReadsText(WorldPerson p, WorldCase c) => Sees(p, c) is Answer.WithoutText ? Answer.Refused : Sees(p, c);

    public Answer SeesAsStaff(WorldPerson p, WorldCase c) => Sees(p, c) is var s && p.Kind == "integration" && s != Answer.Missing ? Answer.Refused : s;

    public Answer Prints(WorldPerson p, WorldCase c) => SeesAsStaff(p, c) is Answer.WithoutText ? Answer.Refused : SeesAsStaff(p, c);

    /// <summary>An integration opens the files of what it delivers, whatever else it may see; no file here is staff's or goes out.</summary>
    public Answer OpensFile(WorldPerson p, WorldCase c) =>
        p.Kind == "integration" && ReadsText(p, c) == Answer.Allowed ? Delivers(p, c) : ReadsText(p, c);

    public Answer Delivers(WorldPerson p, WorldCase c) =>
        !HasRoleIn(p, c.Region) ? Answer.Missing
        : !c.Trial && May(p, "integration.events", c.Unit) && (p.Kind != "integration" || p.Channels.Contains(c.Channel)) ? Answer.Allowed : Answer.Refused;

    // What may be of a case that nobody can name is there for nobody (S-7).
    private bool IsThere(WorldPerson p, WorldTask t) => HasRoleIn(p, t.Region) && !t.Sealed;

    /// <summary>Works = may do it; Takes = may do it, taking it over from a colleague with a reason .</summary>
    public (bool Works, bool Takes) Right(WorldPerson p, WorldTask t)
    {
        if (!IsThere(p, t)) return (false, false);
        if (t.Trial) return (t.Starter == p.Id, false);
        if (IsNamed(p, t, t.Assignee)) return (true, false);
        if (t.Assignee is null && (IsCandidate(p, t) || t.CandidateRoles.Any(r => HoldsWork(p, r, t)))) return (true, false);
        if (Covers(p, t.Assignee, t.Unit)) return (true, false);
        if (t.CandidatePersons.Any(c => Covers(p, c, t.Unit)) && (t.Assignee is null || !IsShutOut(p, t))) return (true, false);
        if (t.Assignee is null || IsShutOut(p, t)) return (false, false);

        var holder = world.People.First(h => h.Id == t.Assignee);
        var sameTeam = holder.Team == p.Team;
        var candidateRole = t.CandidateRoles.Any(r => HoldsWork(p, r, t));
        if (candidateRole && (sameTeam || IsCandidate(p, t))) return (false, true);
        if (!t.TakeOverByTeam || !sameTeam) return (false, false);
        // Authorised: with a role of the colleague's, or of the task's, or one that stands in for it, and the right to answer.
        var asked = Worlds.Roles.Keys.Where(r => Holds(holder, r, t.Unit) || t.CandidateRoles.Contains(r)).ToList();
        return (false, p.Roles.Any(r => Reaches(r, t.Unit) && Worlds.Roles[r.Role].Permissions.Contains("case.answer")
            && (asked.Contains(r.Role) || Worlds.Roles[r.Role].Covers.Any(asked.Contains))));
    }

    public Answer Sees(WorldPerson p, WorldTask t)
    {
        if (!IsThere(p, t)) return Answer.Missing;
        if (t.Trial) return t.Starter == p.Id ? Answer.Allowed : Answer.Refused;
        var (works, takes) = Right(p, t);
        if (IsNamed(p, t, t.CompletedBy) || ((works || takes) && (t.IsActive || !IsShutOut(p, t)))) return Answer.Allowed;
        if (IsShutOut(p, t)) return Answer.Refused;
        return May(p, "task.read.unit", t.Unit) ? Answer.Allowed : May(p, "task.read.all", t.Unit) ? Answer.WithoutText : Answer.Refused;
    }

    /// <summary>What somebody could only take over from a colleague is read when it is opened, and is not found by its words.</summary>
    public bool FindsByWords(WorldPerson p, WorldTask t) => Sees(p, t) == Answer.Allowed
        && (Right(p, t) is not (false, true) || IsNamed(p, t, t.CompletedBy) || (May(p, "task.read.unit", t.Unit) && !IsShutOut(p, t)));

    public Answer WritesBeside(WorldPerson p, WorldTask t) => Sees(p, t) is Answer.WithoutText ? Answer.Refused : Sees(p, t);

    public Answer Does(WorldPerson p, WorldTask t) =>
        !IsThere(p, t) ? Answer.Missing : Right(p, t) is (false, false) ? Answer.Refused : Answer.Allowed;

    public Answer DoesUntaken(WorldPerson p, WorldTask t) =>
        !IsThere(p, t) ? Answer.Missing : Right(p, t).Works ? Answer.Allowed : Answer.Refused;

    public Answer Distributes(WorldPerson p, WorldTask t) =>
        !IsThere(p, t) ? Answer.Missing
        : Right(p, t).Works || (!t.Trial && !IsShutOut(p, t) && May(p, "case.distribute", t.Unit)) ? Answer.Allowed : Answer.Refused;

    /// <summary>Whether a list shows it: never what one may not see (D-14), never trial work, and by the list's own sentence.</summary>
    public bool IsIn(string? view, WorldPerson p, WorldTask t)
    {
        // Taking over is for whoever has opened it: no list offers it.
        if (t.Trial || Sees(p, t) is Answer.Missing or Answer.Refused) return false;
        var offered = !IsOnlyByTakeover(p, t);
        var ready = t.State is "Öppen" or "Tagen";
        var mine = ready && (IsNamed(p, t, t.Assignee) || (t.Assignee is null && IsCandidate(p, t)));
        var available = t.State == "Öppen" && t.Assignee is null && !t.Parked && (IsCandidate(p, t) || t.CandidateRoles.Any(r => HoldsWork(p, r, t)));
        var cover = ready && (Covers(p, t.Assignee, t.Unit) || (t.Assignee is null && t.CandidatePersons.Any(c => Covers(p, c, t.Unit))));
        var unit = t.IsActive && May(p, "task.read.unit", t.Unit);
        return offered && view switch
        {
            "mine" => mine,
            "available" => available,
            "cover" => cover,
            "unit" => unit,
            "all" => May(p, "task.read.all", t.Unit),
            "case" => mine || unit || cover || (t.IsActive && t.CandidateRoles.Any(r => HoldsWork(p, r, t))),
            _ => mine || available
        };
    }

    private bool IsOnlyByTakeover(WorldPerson p, WorldTask t) =>
        Right(p, t) is (false, true) && !IsNamed(p, t, t.CompletedBy) && (IsShutOut(p, t) || (!May(p, "task.read.unit", t.Unit) && !May(p, "task.read.all", t.Unit)));
}
