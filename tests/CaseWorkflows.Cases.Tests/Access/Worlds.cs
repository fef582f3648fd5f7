using FsCheck;
using FsCheck.Fluent;

namespace CaseWorkflows.Cases.Tests.Access;

/// <summary>Arbitrary worlds.</summary>
internal static class Worlds
{
    public const int Ways = 17;

    /// <summary>Role code → permissions, product role, roles that it stands in for.</summary>
    public static readonly IReadOnlyDictionary<string, (string[] Permissions, bool Product, string[] Covers)> Roles = new Dictionary<string, (string[], bool, string[])>
    {
        ["t_mott"] = (["case.read.unit", "case.read.protected", "task.read.unit", "case.distribute", "case.answer"], false, ["t_hant"]),
        ["t_hant"] = (["case.read.unit", "task.read.unit", "case.answer"], false, []),
        ["t_lak"] = (["case.answer"], false, []),
        ["t_chef"] = (["case.read.unit", "task.read.unit", "statistics.read"], false, []),
        ["t_lista"] = (["task.read.unit"], false, []),
        ["t_ford"] = (["case.distribute"], false, []),
        ["t_adm"] = (["case.read.unit"], false, []),
        ["t_dok"] = (["routine.edit", "statistics.read"], false, []),
        ["t_rev"] = (["audit.read", "case.read.notext", "task.read.all", "statistics.read"], true, []),
        ["t_int"] = (["case.register", "integration.events"], true, [])
    };

    public static readonly IReadOnlyList<string> Channels = ["1177 e-tjänster", "App", "Enhet"];

    public static Gen<World> Of(string id)
    {
        return
            from widened in Gen.Choose(0, 4).ListOf(4)
            let units = Units(id, widened)
            let people = Enumerable.Range(0, 7).Select(i => $"{id}p{i}").ToList()
            from persons in Each(people.Select((p, i) => Person(p, people, units, i == 6)))
            from cases in Each(Enumerable.Range(0, 4).Select(i => Case(id, i, people, units)))
            from tasks in Each(Enumerable.Range(0, 6).Select(_ => Task(cases, people, units)))
            from tries in (from p in Gen.Choose(0, 6) from w in Gen.Choose(0, Ways - 1) from t in Gen.Choose(0, 11) select (p, w, t)).ListOf(60)
            select new World { Id = id, Units = units, People = persons, Cases = cases, Tasks = tasks, Tries = [.. tries] };
    }

    private static List<WorldUnit> Units(string id, IEnumerable<int> widened)
    {
        var narrows = widened.Select(w => w > 0).ToList();
        return
        [
            new(id + "aop", id + "a", null, true), new(id + "a1", id + "a", id + "aop", narrows[0]), new(id + "a2", id + "a", id + "aop", narrows[1]),
            new(id + "a3", id + "a", null, narrows[2]), new(id + "b1", id + "b", null, narrows[3])
        ];
    }

    private static Gen<WorldPerson> Person(string id, List<string> people, List<WorldUnit> units, bool integration) =>
        integration
            ? from roles in Role(units, people, id, ["t_int"], cover: false).ListOf(2)
              from channels in Gen.SubListOf(Channels.ToArray())
              select new WorldPerson(id, "integration", null, [.. channels], [.. roles.Take(1)])
            : from count in Gen.Frequency((1, Gen.Constant(0)), (5, Gen.Constant(1)), (4, Gen.Constant(2)), (2, Gen.Constant(3)))
              from roles in Role(units, people, id, [.. Roles.Keys.Where(r => r != "t_int")], cover: true).ListOf(count)
              from team in Gen.Elements<int?>(null, 1, 2)
              select new WorldPerson(id, "person", team, [], [.. roles.DistinctBy(r => (r.Role, r.Place, r.CoverFor))]);   // nobody has a role twice at a place

    private static Gen<WorldRole> Role(List<WorldUnit> units, List<string> people, string self, string[] codes, bool cover) =>
        from code in Gen.Elements(codes)
        from place in Gen.Frequency(
            (6, Gen.Elements(units.Select(u => u.Id).ToArray())), (1, Gen.Constant(units[0].Id)), (1, Gen.Elements(units.Select(u => u.Region).Distinct().ToArray())))
        from dates in Gen.Frequency(
            (6, Gen.Constant(((int?)null, (int?)null))), (1, Gen.Constant(((int?)-3, (int?)0))), (1, Gen.Constant(((int?)0, (int?)null))),
            (1, Gen.Constant(((int?)null, (int?)-1))), (1, Gen.Constant(((int?)1, (int?)null))))
        from covers in Gen.Frequency((3, Gen.Constant((string?)null)), (cover ? 1 : 0, Gen.Elements(people.Where(p => p != self).ToArray()).Select(p => (string?)p)))
        select new WorldRole(code, place, dates.Item1, dates.Item2, Roles[code].Product ? null : covers);

    private static Gen<WorldCase> Case(string id, int number, List<string> people, List<WorldUnit> units)
    {
        var real = units.Where(u => !u.Id.EndsWith("op", StringComparison.Ordinal)).ToArray();
        return
            from unit in Gen.Elements(real)
            from other in Gen.Elements(real.Where(u => u.Region == unit.Region).ToArray())
            from responsible in Gen.Frequency((3, Gen.Constant(unit)), (1, Gen.Constant(other)))
            from owner in Gen.Frequency((2, Gen.Constant((string?)null)), (1, Gen.Elements(people.ToArray()).Select(p => (string?)p)))
            from channel in Gen.Elements(Channels.ToArray())
            from isProtected in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
            from trial in Gen.Frequency((7, Gen.Constant(false)), (1, Gen.Constant(true)))
            from starter in Gen.Elements(people.ToArray())
            from closed in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
            select new WorldCase(
                Guid.CreateVersion7(), $"{id.ToUpperInvariant()}-2026-{number:000000}-{Guid.NewGuid():N}", unit.Region, unit.Id, responsible.Id, owner, unit.Id, channel, isProtected,
                trial, trial ? starter : null, closed);
    }

    private static Gen<WorldTask> Task(IReadOnlyList<WorldCase> cases, List<string> people, List<WorldUnit> units)
    {
        var real = units.Where(u => !u.Id.EndsWith("op", StringComparison.Ordinal)).ToArray();
        var person = Gen.Elements(people.ToArray());
        return
            from of in Gen.Frequency((5, Gen.Elements(cases.ToArray()).Select(c => (WorldCase?)c)), (1, Gen.Constant((WorldCase?)null)))
            from anywhere in Gen.Elements(real.Where(u => of is null || u.Region == of.Region).ToArray())
            from away in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
            let unit = of is null || away ? anywhere : real.First(u => u.Id == of.Unit)
            from state in Gen.Frequency((4, Gen.Constant("Öppen")), (4, Gen.Constant("Tagen")), (1, Gen.Constant("Låst")), (3, Gen.Constant("Klar")), (1, Gen.Constant("Återkallad")))
            from holder in person
            from given in Gen.Elements(true, false)
            from doer in person
            from persons in Gen.SubListOf(people.ToArray())
            from few in Gen.Frequency((2, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)))
            from roles in Gen.SubListOf("t_mott", "t_hant", "t_lak", "t_rev")
            from trial in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
            from starter in person
            from takeover in Gen.Elements(true, false)
            from parked in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
            from isSealed in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
            let isTrial = of?.Trial ?? trial
            select new WorldTask(
                Guid.CreateVersion7(), of?.Id, unit.Region, unit.Id, state,
                state is "Tagen" ? holder : state is "Klar" ? doer : given && state != "Öppen" ? holder : null,
                [.. persons.Take(few)], [.. roles], state == "Klar" ? doer : null, isTrial, isTrial ? of?.Starter ?? starter : null, takeover, parked, of is null && isSealed);
    }

    private static Gen<IReadOnlyList<T>> Each<T>(IEnumerable<Gen<T>> all) => all.Aggregate(
        Gen.Constant((IReadOnlyList<T>)[]), (done, next) => from d in done from n in next select (IReadOnlyList<T>)[.. d, n]);
}
