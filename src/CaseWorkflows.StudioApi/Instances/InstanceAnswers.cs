using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>Every answer that holds values of an instance goes out this way.</summary>
internal static class InstanceAnswers
{
    /// <summary>The answer as its reader may see it; that it was read is noted.</summary>
    public static async Task<JsonObject> ShownAsync(this JsonObject answer, HttpContext http, InstanceSummary instance, GraphCache graphs, CancellationToken ct)
    {
        var shown = await answer.WithoutCaseTextAsync(http, instance, graphs, ct);
        await http.RequestServices.GetRequiredService<InstanceReadLog>().NoteAsync(http.Access(), instance, shown.ToJsonString(StudioJson.Options), ct);
        return shown;
    }
}
