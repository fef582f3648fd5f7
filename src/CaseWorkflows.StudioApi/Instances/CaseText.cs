using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>
/// What a routine has computed in earnest is as protected as the cases it may come from: whoever may follow a routine but not read its cases
/// (process owners, auditors) sees which steps ran, when and which way, and of their values those alone that the routine itself states.
/// With a protected identity that holds for developers and the automation key too (D-10).
/// </summary>
internal static class CaseText
{
    /// <returns>The same answer, changed where needed.</returns>
    public static async Task<JsonObject> WithoutCaseTextAsync(this JsonObject answer, HttpContext http, InstanceSummary instance, GraphCache graphs, CancellationToken ct)
    {
        // A trial's case is made up, and nothing else reaches it.
        if (instance.Trial) return answer;
        var isProtected = await IsProtectedAsync(http.RequestServices, instance, ct);
        if (http.Access().Develops(instance.Region) && !isProtected) return answer;
        var told = (await ToldAsync(http.RequestServices, http.Access(), [instance], ct)).Contains(instance.Id);
        var graph = await graphs.FindVersionAsync(instance.VersionId, ct);
        new StatedValues(graph, instance, hidesSteps: isProtected || !told || await SpellsAsync(http.RequestServices, instance, ct), hidesState: !told).Clean(answer);
        return answer;
    }

    /// <summary>The steps of a run as its reader may follow them, all or none: which ran, how often and in what order may spell what somebody wrote.</summary>
    public static async Task<IReadOnlyList<T>> FollowedAsync<T>(this IReadOnlyList<T> steps, HttpContext http, InstanceSummary instance, CancellationToken ct) =>
        steps.Count == 0 || await MayFollowAsync(http.RequestServices, http.Access(), instance, ct) ? steps : [];

    /// <summary>
    /// Whether the steps of a run are for this reader: of a trial always, of a case with a protected identity never, else for developers, and
    /// for others where a second person has read what ran, unless the ways can spell what they may not read.
    /// </summary>
    public static async Task<bool> MayFollowAsync(IServiceProvider services, RoutineAccess access, InstanceSummary instance, CancellationToken ct) =>
        instance.Trial || (!await IsProtectedAsync(services, instance, ct)
            && (access.Develops(instance.Region)
                || ((await ToldAsync(services, access, [instance], ct)).Contains(instance.Id) && !await SpellsAsync(services, instance, ct))));

    /// <summary>Of the runs those of which the reader may be told how they fare: what their writers alone have read may spell by when it waits and ends.</summary>
    public static Task<IReadOnlySet<Guid>> ToldAsync(IServiceProvider services, RoutineAccess access, IEnumerable<InstanceSummary> runs, CancellationToken ct) =>
        services.GetRequiredService<RunWays>().ToldAsync([.. runs.Select(r => r.Id)], access.DevelopedRegions, ct);

    /// <summary>The same for a list.</summary>
    public static InstanceSight SightOf(RoutineAccess access) => RunWays.SightOf(access.DevelopedRegions);

    /// <summary>
    /// Of a page of runs those that its reader may know of: which routine another run began, and how it fared, may spell what that one's ways may not.
    /// Who sent the event that began a run is not known, so of a case's events none are listed to those who may not read it.
    /// </summary>
    public static async Task<IReadOnlyList<InstanceSummary>> ListedAsync(HttpContext http, RoutineAccess access, IReadOnlyList<InstanceSummary> page, CancellationToken ct)
    {
        var reached = await Cases(http.RequestServices).ReachedAsync([.. page.Where(i => i is { CaseId: null, ParentId: null, Trial: false }).Select(i => i.Id)], ct);
        var listed = new List<InstanceSummary>();
        foreach (var run in page)
        {
            // What began it stands among its origins, so it is as protected as that.
            var may = run.ParentId is not null ? await MayFollowAsync(http.RequestServices, access, run, ct)
                : run.CaseId is not null || !reached.Contains(run.Id) || (access.Develops(run.Region) && !await IsProtectedAsync(http.RequestServices, run, ct));
            if (run.Trial || may) listed.Add(run);
        }

        return listed;
    }

    /// <summary>Of a row in a list: the correlation id, when it is the case's own or the reader's to see.</summary>
    public static bool ShowsCorrelation(RoutineAccess access, InstanceSummary instance) =>
        instance.Trial || instance.CorrelationId == instance.CaseId?.ToString() || (instance.CaseId is null && access.Develops(instance.Region));

    /// <summary>Of a row in a list: how many incidents a case's run has is for those who may see which.</summary>
    public static int ShownIncidents(RoutineAccess access, InstanceSummary instance) =>
        instance.Trial || instance.CaseId is null || access.Develops(instance.Region) ? instance.IncidentCount : Math.Min(instance.IncidentCount, 1);

    private static Task<bool> SpellsAsync(IServiceProvider services, InstanceSummary instance, CancellationToken ct) =>
        services.GetRequiredService<RunWays>().SpellAsync(instance.Id, instance.CaseId, ct);

    private static ProtectedCases Cases(IServiceProvider services) => services.GetRequiredService<ProtectedCases>();

    private static async Task<bool> IsProtectedAsync(IServiceProvider services, InstanceSummary instance, CancellationToken ct) =>
        await Cases(services).ReachAsync(instance.Id, instance.CaseId, ct);
}
