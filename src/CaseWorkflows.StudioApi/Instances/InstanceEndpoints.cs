using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>Instances: list, one, its state and variables.</summary>
internal static class InstanceEndpoints
{
    private const int DefaultPage = 15;
    private const int LargestPage = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-instances", ListByBodyAsync);
        api.MapGet("/workflow-instances", ListByQueryAsync);
        api.MapGet("/workflow-instances/{id}", OneAsync);
        api.MapGet("/workflow-instances/{id}/execution-state", StateAsync);
        api.MapGet("/workflow-instances/{id}/variables", VariablesAsync);
        api.MapPost("/workflow-instances/{id}/variables", SetVariables);
        api.MapGet("/workflow-instances/{id}/export", ExportAsync);
    }

    private static async Task<IResult> ListByBodyAsync(HttpContext http, IInstanceReader reader, CancellationToken cancellationToken) =>
        await ListAsync(http, await StudioJson.ReadObjectAsync(http.Request, cancellationToken), reader, cancellationToken);

    private static async Task<IResult> ListByQueryAsync(HttpContext http, IInstanceReader reader, CancellationToken cancellationToken)
    {
        var q = http.Request.Query;
        var body = new JsonObject();
        foreach (var name in new[] { "searchTerm", "definitionId", "correlationId", "status", "subStatus", "orderBy", "orderDirection" })
            if (q[name].ToString() is { Length: > 0 } text) body[name] = text;
        foreach (var name in new[] { "page", "pageSize", "version" })
            if (StudioPaging.Number(name, q[name]) is { } number) body[name] = number;
        return await ListAsync(http, body, reader, cancellationToken);
    }

    private static async Task<IResult> ListAsync(HttpContext http, JsonObject body, IInstanceReader reader, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var filter = ReadFilter(body, access);
        if (filter is null) return StudioJson.Node(new JsonObject { ["items"] = new JsonArray(), ["totalCount"] = 0 });
        var size = Math.Clamp(StudioPaging.Number("pageSize", body["pageSize"]?.ToString()) ?? DefaultPage, 1, LargestPage);
        var by = body.Text("orderBy") switch
        {
            "LastExecuted" => InstanceOrderBy.Updated,
            "Finished" => InstanceOrderBy.Finished,
            "Name" => InstanceOrderBy.Name,
            _ => InstanceOrderBy.Created,
        };
        var order = new InstanceOrder(by, !string.Equals(body.Text("orderDirection"), "Ascending", StringComparison.OrdinalIgnoreCase));
        var page = await reader.ListAsync(filter, order, StudioPaging.Before(StudioPaging.Number("page", body["page"]?.ToString()), size), size, cancellationToken);
        var listed = await CaseText.ListedAsync(http, access, page.Items, cancellationToken);
        var told = await CaseText.ToldAsync(http.RequestServices, access, listed, cancellationToken);
        var items = listed.Select(i =>
        {
            var row = InstanceJson.Summary(i);
            if (!CaseText.ShowsCorrelation(access, i)) row.Remove("correlationId");
            row["incidentCount"] = CaseText.ShownIncidents(access, i);
            row.Remove("isExecuting");
            row.Remove("isSystem");
            if (!told.Contains(i.Id)) StatedValues.HideState(row);
            return (JsonNode)row;
        });
        var answer = new JsonObject { ["items"] = new JsonArray([.. items]), ["totalCount"] = page.TotalCount - (page.Items.Count - listed.Count) };
        await http.RequestServices.GetRequiredService<InstanceReadLog>().NoteListAsync(access, answer.ToJsonString(StudioJson.Options), cancellationToken);
        return StudioJson.Node(answer);
    }

    /// <summary>Null when nothing can match.</summary>
    internal static InstanceFilter? ReadFilter(JsonObject body, RoutineAccess access)
    {
        var statuses = Parse<WorkflowStatus>(body, "status", "statuses");
        var subStatuses = Parse<WorkflowSubStatus>(body, "subStatus", "subStatuses");
        if (statuses is { Count: 0 } || subStatuses is { Count: 0 }) return null;
        // Our engine has no system workflows.
        if (body.Bool("isSystem") == true) return null;
        var definitionIds = body.Texts("definitionIds");
        var filter = new InstanceFilter
        {
            DefinitionId = NullIfEmpty(body.Text("definitionId")),
            DefinitionIds = definitionIds.Count > 0 ? definitionIds : null,
            CorrelationId = NullIfEmpty(body.Text("correlationId")),
            Version = body.Int("version"),
            HasIncidents = body.Bool("hasIncidents"),
            Search = NullIfEmpty(body.Text("searchTerm")?.Trim()),
            Statuses = statuses,
            SubStatuses = subStatuses,
            Regions = access.VisibleRegions,
            HidesCases = !access.DevelopsEverywhere,
            Sight = CaseText.SightOf(access),
        };
        foreach (var t in (body["timestampFilters"] as JsonArray ?? []).OfType<JsonObject>()) filter = Add(filter, t);
        return filter;
    }

    private static InstanceFilter Add(InstanceFilter filter, JsonObject t)
    {
        if (t.Text("timestamp") is not { Length: > 0 } text) return filter;
        if (IsoText.Instant(text, default) is not { } at) throw StudioException.Invalid("timestamp", IsoText.InstantFault);
        // The filter's bounds are both inclusive; the database keeps microseconds. Nothing lies before the first instant or after the last.
        var step = TimeSpan.FromMicroseconds(1);
        if (at < DateTimeOffset.MinValue + step) at = DateTimeOffset.MinValue + step;
        var (from, to) = t.Text("operator") switch
        {
            "LessThan" => (null, (DateTimeOffset?)(at - step)),
            "LessThanOrEqual" => (null, at),
            "GreaterThan" => ((DateTimeOffset?)(at + step), null),
            "GreaterThanOrEqual" => (at, null),
            "Is" => (at, at),
            _ => ((DateTimeOffset?)null, (DateTimeOffset?)null),
        };
        return t.Text("column") switch
        {
            "CreatedAt" => filter with { CreatedFrom = from ?? filter.CreatedFrom, CreatedTo = to ?? filter.CreatedTo },
            "UpdatedAt" => filter with { UpdatedFrom = from ?? filter.UpdatedFrom, UpdatedTo = to ?? filter.UpdatedTo },
            "FinishedAt" => filter with { FinishedFrom = from ?? filter.FinishedFrom, FinishedTo = to ?? filter.FinishedTo },
            _ => filter,
        };
    }

    private static async Task<IResult> OneAsync(HttpContext http, string id, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var detail = await reader.FindAsync(http.Access(), id, cancellationToken);
        return StudioJson.Node(await InstanceJson.Detail(detail).ShownAsync(http, detail.Summary, graphs, cancellationToken));
    }

    private static async Task<IResult> StateAsync(HttpContext http, string id, IInstanceReader reader, CancellationToken cancellationToken)
    {
        var summary = await reader.SummaryAsync(http.Access(), id, cancellationToken);
        if (!(await CaseText.ToldAsync(http.RequestServices, http.Access(), [summary], cancellationToken)).Contains(summary.Id))
            return StudioJson.Node(new JsonObject { ["updatedAt"] = summary.CreatedAt.ToString("O") });
        return StudioJson.Node(new JsonObject
        {
            ["status"] = summary.Status.ToString(),
            ["subStatus"] = summary.SubStatus.ToString(),
            // The name that Studio reads.
            ["workflowSubStatus"] = summary.SubStatus.ToString(),
            ["updatedAt"] = summary.UpdatedAt.ToString("O"),
        });
    }

    private static async Task<IResult> VariablesAsync(HttpContext http, string id, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var detail = await reader.FindAsync(http.Access(), id, cancellationToken);
        var graph = await graphs.FindVersionAsync(detail.Summary.VersionId, cancellationToken);
        var values = detail.State.Variables;
        var items = (graph?.Definition.Variables ?? []).Select(v => (JsonNode)new JsonObject
        {
            ["id"] = v.Id,
            ["name"] = v.Name,
            ["value"] = Values.Node(values.GetValueOrDefault(v.Id)),
        }).ToList();
        var answer = new JsonObject { ["items"] = new JsonArray([.. items]), ["count"] = items.Count };
        return StudioJson.Node(await answer.ShownAsync(http, detail.Summary, graphs, cancellationToken));
    }

    /// <summary>Writing into a running instance from outside would leave no trace in its routine.</summary>
    private static IResult SetVariables() =>
        throw StudioException.Invalid("Variabler i en pågående instans kan inte ändras utifrån. Lägg ett steg i rutinen som gör det.");

    private static async Task<IResult> ExportAsync(HttpContext http, string id, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var detail = await reader.FindAsync(http.Access(), id, cancellationToken);
        var body = new JsonObject { ["WorkflowState"] = await InstanceJson.State(detail.State).ShownAsync(http, detail.Summary, graphs, cancellationToken), ["Bookmarks"] = null, ["ActivityExecutionRecords"] = null, ["WorkflowExecutionLogRecords"] = null };
        return Results.File(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString(StudioJson.Options)), "application/octet-stream", $"workflow-instance-{id}.json");
    }

    /// <summary>Null: no condition. Empty: a condition that nothing meets.</summary>
    private static List<T>? Parse<T>(JsonObject body, string one, string several)
        where T : struct, Enum
    {
        var names = body.Texts(several).ToList();
        if (names.Count == 0 && body.Text(one) is { Length: > 0 } name) names.Add(name);
        if (names.Count == 0) return null;
        return names.Select(n => Enum.TryParse<T>(n, ignoreCase: true, out var value) ? value : (T?)null).OfType<T>().ToList();
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
