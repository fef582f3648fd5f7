using System.Globalization;
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

    public IReadOnlyList<ChoiceOption>? Of(string provider)
    {
        if (provider == "routines") return _routines;
        return _view is { } view ? OptionsOf(view, provider) : null;
    }

    /// <summary>The reference data's part; null for a provider that it does not know.</summary>
    internal static IReadOnlyList<ChoiceOption>? OptionsOf(ReferenceView view, string provider) => provider switch
    {
        "roles" => Sorted(view.Roles.Values.Select(r => new ChoiceOption(r.Name, r.Code))),
        "units" => Sorted(view.Units.Values.Where(u => u.Activated).Select(u => new ChoiceOption(u.Name, u.Id))),
        "regions" => Sorted(view.Regions.Keys.Select(r => new ChoiceOption(r, r))),
        "caseTypes" or "case-types" => Sorted(view.CaseTypes.Values.Select(t => new ChoiceOption(t.Name, t.Code))),
        "phrases" => Sorted(view.Phrases.Values.Select(p => new ChoiceOption(p.Title ?? p.Key, p.Key)).DistinctBy(p => p.Value)),
        "routineDocuments" => Sorted(view.RoutineDocuments.Values.Select(d => new ChoiceOption(d.Title, d.Id))),
        _ => null,
    };

    /// <summary>Looks whether anything has changed; one short round trip when nothing has.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        _view = (await reference.FreshAsync(cancellationToken)).At(now);
        var routines = (await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.Published, OrderBy = "Name" }, cancellationToken)).Items
            .Select(r => new ChoiceOption(r.Name, r.DefinitionId)).ToList();
        if (!routines.SequenceEqual(_routines)) _routines = routines;
    }

    private static List<ChoiceOption> Sorted(IEnumerable<ChoiceOption> options) =>
        [.. options.OrderBy(o => o.Text, StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), ignoreCase: true))];
}
