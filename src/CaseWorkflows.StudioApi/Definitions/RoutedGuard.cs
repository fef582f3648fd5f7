using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>
/// Whoever takes a routine away that incoming cases or other routines start is told which rows of routing and which routines name it, and says so once
/// more. It is no refusal: a routine that does harm is taken back at once, and the cases wait until there is another.
/// </summary>
internal sealed class RoutedGuard(ReferenceStore reference, IDefinitionStore store, RoutineReferences references, IBusinessClock clock)
{
    /// <summary>Sent back in <c>X-Confirmed</c>, it lets the change through.</summary>
    public const string Confirmation = "routed";

    /// <param name="http">The call.</param>
    /// <param name="definitionIds">Routines that the caller may take away.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="StudioException">One of them is published, and cases or other routines that stay start it.</exception>
    public async Task DemandAsync(HttpContext http, IEnumerable<string> definitionIds, CancellationToken cancellationToken)
    {
        if (EditorHeaders.Confirmed(http.Request) == Confirmation) return;
        var view = (await reference.FreshAsync(cancellationToken)).At(await clock.NowAsync(cancellationToken));
        var ids = definitionIds.Distinct(StringComparer.Ordinal).ToList();
        var users = await references.PublishedUsersOfAsync(ids, cancellationToken);
        var told = new List<string>();
        foreach (var id in ids)
        {
            var rows = RoutedRoutines.RowsOf(view, id);
            var starters = users[id].Where(u => !ids.Contains(u.Version.DefinitionId)).Select(u => $"”{u.Version.Name}”").Order(StringComparer.Ordinal).ToList();
            if (rows.Count == 0 && starters.Count == 0) continue;
            if (await store.FindAsync(id, VersionOptions.Published, cancellationToken) is not { } published) continue;
            if (rows.Count > 0) told.Add($"”{published.Version.Name}” startas av inkommande ärenden enligt dirigeringen: {string.Join("; ", rows.Select(r => Label(r, view)))}.");
            if (starters.Count > 0) told.Add($"”{published.Version.Name}” används av {string.Join(", ", starters)}.");
        }

        if (told.Count == 0) return;
        throw new StudioException(
            400, "generalErrors", [.. told, "Utan rutinen blir nya ärenden där liggande under Fel i rutiner. Ändra dirigeringen eller de andra rutinerna först, eller bekräfta."],
            Confirmation, Confirmation);
    }

    private static string Label(RoutingRow row, ReferenceView view)
    {
        var units = row.Units.Count == 0 ? "alla enheter" : string.Join(", ", row.Units.Select(u => view.UnitName(u)));
        var types = row.CaseTypes.Select(t => view.CaseTypes.TryGetValue(t, out var type) ? type.Name : t).ToList();
        return types.Count == 0 ? $"{units} ({row.Id})" : $"{units}, {string.Join(", ", types)} ({row.Id})";
    }
}
