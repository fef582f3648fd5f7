using System.Globalization;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Descriptors;

/// <summary>Roles, units, case types, phrases and routine documents of the reference data; routines from the store.</summary>
internal sealed class ReferenceChoices(ReferenceStore reference, IBusinessClock clock, IDefinitionStore store) : IChoices
{
    private volatile IReadOnlyList<ChoiceOption> _routines = [];
    private volatile ReferenceView? _view;

    public string Stamp => $"{_view?.Version.ToString(CultureInfo.InvariantCulture)}|{string.Join(',', _routines.Select(r => r.Value + r.Text))}";

    public IReadOnlyList<ChoiceOption>? Of(string provider, IReadOnlyCollection<string> regions)
    {
        var options = provider == "routines" ? _routines : _view is { } view ? OptionsOf(view, provider) : null;
        return options?.Where(o => o.Region is null || regions.Contains(o.Region)).ToList();
    }

    public IReadOnlySet<string>? WordsOf(string provider, string region) => provider == "routines"
        ? _routines.Where(r => r.Region == region || r.Region == DefinitionFiles.Shared).Select(r => r.Value).ToHashSet(StringComparer.Ordinal)
        : WordsOf(_view, provider, region);

    /// <summary>As the host looks them up: units by id or name, roles by alias too, phrases only by their key and when published.</summary>
    /// <param name="region">Of the routine; null: not known.</param>
    internal static IReadOnlySet<string>? WordsOf(ReferenceView? view, string provider, string? region = null)
    {
        switch (provider)
        {
            case "statuses": return CaseStatus.Usual;
            case "reservedEvents": return DomainEvents.Reserved.Names;
            case "scriptNames": return CaseExpressionGlobals.Names;
            case "implicitVariables": return CaseExpressionGlobals.ImplicitVariables;
        }

        // People are nobody's list to choose from; those who work with cases may be named.
        if (view is not null && provider == "workers")
            return view.People.Values.Where(p => WorksIn(view, p.Id, region)).SelectMany(p => new[] { p.Id, p.UserName }).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        // Of what a routine has swept only those are told who may know of a unit's cases.
        if (view is not null && provider == "knowingRoles")
            return view.Roles.Values.Where(r => view.KnowsOfCases(r.Code)).SelectMany(r => r.Aliases.Append(r.Code).Append(r.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (view is null || OptionsOf(view, provider) is not { Count: > 0 } all) return null;
        var options = all.Where(o => region is null or DefinitionFiles.Shared || o.Region is null || o.Region == region).ToList();
        IEnumerable<string?> words = provider switch
        {
            "phrases" => view.Phrases.Values.Where(p => p.State == "Publicerad").SelectMany(p => new[] { p.Key, p.Id }),
            "roles" => view.Roles.Values.SelectMany(r => r.Aliases.Append(r.Code).Append(r.Name)),
            "workRoles" => view.Roles.Values.Where(r => !r.Product).SelectMany(r => r.Aliases.Append(r.Code).Append(r.Name)),
            "routineDocuments" => view.RoutineDocuments.Values.SelectMany(d => new[] { d.Id, d.DocumentId }),
            "routingTables" or "settings" => options.Select(o => o.Value),
            _ => options.SelectMany(o => new[] { o.Value, o.Text }),
        };
        return words.OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The reference data's part; null for a provider that it does not know.</summary>
    internal static IReadOnlyList<ChoiceOption>? OptionsOf(ReferenceView view, string provider) => provider switch
    {
        "roles" => Sorted(view.Roles.Values.Select(r => new ChoiceOption(r.Name, r.Code))),
        "workRoles" => Sorted(view.Roles.Values.Where(r => !r.Product).Select(r => new ChoiceOption(r.Name, r.Code))),
        "units" => Sorted(view.Units.Values.Where(u => u.Activated).Select(u => new ChoiceOption(u.Name, u.Id, u.Region))),
        "regions" => Sorted(view.Regions.Keys.Select(r => new ChoiceOption(r, r))),
        "caseTypes" or "case-types" => Sorted(view.CaseTypes.Values.Select(t => new ChoiceOption(t.Name, t.Code))),
        "phrases" => Sorted(view.Phrases.Values.Select(p => new ChoiceOption(p.Title ?? p.Key, p.Key)).DistinctBy(p => p.Value)),
        "routineDocuments" => Sorted(view.RoutineDocuments.Values.Select(d => new ChoiceOption(d.Title, d.DocumentId ?? d.Id))),
        "routingTables" => Sorted(view.Routing.Select(t => new ChoiceOption(t.Key, t.Key))),
        "settings" => Sorted(view.Switches().Select(k => new ChoiceOption(k, k))),
        _ => null,
    };

    /// <summary>Looks whether anything has changed; one short round trip when nothing has.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        _view = (await reference.FreshAsync(cancellationToken)).At(now);
        var routines = (await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.Published, OrderBy = "Name" }, cancellationToken)).Items
            .Select(r => new ChoiceOption(r.Name, r.DefinitionId, r.Region)).ToList();
        if (!routines.SequenceEqual(_routines)) _routines = routines;
    }

    private static bool WorksIn(ReferenceView view, string person, string? region) =>
        view.AssignmentsOf(person).Any(a => !view.IsProduct(a.Role) && (region is null or DefinitionFiles.Shared || view.RegionOf(a.Unit) is not { } of || of == region));

    private static List<ChoiceOption> Sorted(IEnumerable<ChoiceOption> options) =>
        [.. options.OrderBy(o => o.Text, StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), ignoreCase: true))];
}
