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
        if (http.Access().Develops(instance.Region) && !await IsProtectedAsync(http, instance, ct)) return answer;
        new StatedValues(await graphs.FindVersionAsync(instance.VersionId, ct), instance).Clean(answer);
        return answer;
    }

    /// <summary>Of a row in a list: the correlation id, when it is the case's own or the reader's to see.</summary>
    public static bool ShowsCorrelation(RoutineAccess access, InstanceSummary instance) =>
        instance.Trial || instance.CorrelationId == instance.CaseId?.ToString() || (instance.CaseId is null && access.Develops(instance.Region));

    private static async Task<bool> IsProtectedAsync(HttpContext http, InstanceSummary instance, CancellationToken ct) =>
        instance.CaseId is { } caseId && await http.RequestServices.GetRequiredService<ProtectedCases>().ContainsAsync(caseId, ct);
}
