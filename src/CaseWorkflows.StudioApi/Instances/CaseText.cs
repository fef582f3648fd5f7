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
        var isProtected = await IsProtectedAsync(http, instance, ct);
        if (http.Access().Develops(instance.Region) && !isProtected) return answer;
        var graph = await graphs.FindVersionAsync(instance.VersionId, ct);
        new StatedValues(graph, instance, hidesWays: isProtected || SpeltWays.Of(graph)).Clean(answer);
        return answer;
    }

    /// <summary>
    /// The steps of a run as its reader may follow them: none where what the resident wrote decides the way, unless he may read that; which
    /// steps ran, how often and in what order would spell it.
    /// </summary>
    public static async Task<IReadOnlyList<T>> FollowedAsync<T>(this IReadOnlyList<T> steps, HttpContext http, InstanceSummary instance, GraphCache graphs, CancellationToken ct)
    {
        if (instance.Trial || steps.Count == 0 || !SpeltWays.Of(await graphs.FindVersionAsync(instance.VersionId, ct))) return steps;
        return http.Access().Develops(instance.Region) && !await IsProtectedAsync(http, instance, ct) ? steps : [];
    }

    /// <summary>Of a row in a list: the correlation id, when it is the case's own or the reader's to see.</summary>
    public static bool ShowsCorrelation(RoutineAccess access, InstanceSummary instance) =>
        instance.Trial || instance.CorrelationId == instance.CaseId?.ToString() || (instance.CaseId is null && access.Develops(instance.Region));

    private static async Task<bool> IsProtectedAsync(HttpContext http, InstanceSummary instance, CancellationToken ct) =>
        await http.RequestServices.GetRequiredService<ProtectedCases>().ReachAsync(instance.Id, instance.CaseId, ct);
}
