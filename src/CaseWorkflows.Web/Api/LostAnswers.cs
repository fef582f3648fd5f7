using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Cases.Tasks;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Web.Api;

/// <summary>
/// Answers of calls that are made again: the first one's, for those who may still read the case in it; and made anew from what the call is known to have
/// made or changed when its host was killed between commit and answer.
/// </summary>
internal sealed class LostAnswers(TaskReader tasks, CaseReader cases, IncidentReader incidents, CaseGate gate, ReadLog readLog)
{
    private const string Again = "Upprepat anrop";

    /// <summary>What was answered then is told once more, which is a look at it; whoever may not read it any more is told that it was done.</summary>
    public async Task<ApiResult> AgainAsync(CommandContext context, int status, string? answer, string? location, CancellationToken ct)
    {
        if (context.Actor.Kind != ActorKind.Person || answer is null || JsonNode.Parse(answer) is not JsonObject body) return new ApiResult(status, answer, location);
        try
        {
            if (TaskIn(body) is { } task) await tasks.GetAsync(context, task, ct);
            if (CaseIn(body) is { } caseId)
            {
                var record = await gate.ReadAsync(context, caseId.ToString(), Again, ct);
                await readLog.AddAsync(context, record.Id, record.UnitId, Again, ct);
            }

            return new ApiResult(status, answer, location);
        }
        catch (Exception refused) when (refused is ForbiddenException or NotFoundException)
        {
            return new ApiResult(status, new { message = "Anropet är redan utfört." }, location);
        }
    }

    private static Guid? TaskIn(JsonObject body) => IdOf(body["task"]?["id"] ?? (IsTask(body) ? body["id"] : null));

    private static Guid? CaseIn(JsonObject body) =>
        IdOf(body["case"]?["id"] ?? body["task"]?["caseId"] ?? body["caseId"] ?? (!IsTask(body) && body.ContainsKey("caseNumber") ? body["id"] : null));

    private static bool IsTask(JsonObject body) => body.ContainsKey("outcomes");

    private static Guid? IdOf(JsonNode? id) => Guid.TryParse(id?.ToString(), out var found) ? found : null;

    /// <param name="subject">As the call's transaction stored it: "task:", "case:", "message:", "incident:" or a resource's path, and the id.</param>
    public async Task<ApiResult> RebuildAsync(CommandContext context, IdempotencyClaim claim, string? subject, CancellationToken ct)
    {
        var colon = subject?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon < 0) return ApiResult.Ok(new { });
        var (kind, id) = (subject![..colon], subject[(colon + 1)..]);
        return kind switch
        {
            "task" => await OfTaskAsync(context, claim, Guid.Parse(id), ct),
            "case" when claim.Route.EndsWith("/events", StringComparison.Ordinal) => ApiResult.Accepted(new { }),
            "case" when claim.Route.EndsWith("/reply-read", StringComparison.Ordinal) => ApiResult.Ok(await cases.AfterAsync(context, Guid.Parse(id), ct)),
            "case" => ApiResult.Created(await cases.AfterAsync(context, Guid.Parse(id), ct), $"/api/cases/{id}"),
            "incident" => ApiResult.Ok(await incidents.GetAsync(context, Guid.Parse(id), ct)),
            "message" => ApiResult.Accepted(new { id }),
            _ => OfReference(context, claim, kind, id)
        };
    }

    private async Task<ApiResult> OfTaskAsync(CommandContext context, IdempotencyClaim claim, Guid id, CancellationToken ct)
    {
        var task = await tasks.AfterAsync(context, id, ct);
        var detail = TasksApi.DetailJson(task);
        if (!claim.Route.EndsWith("/complete", StringComparison.Ordinal)) return ApiResult.Ok(detail);
        return ApiResult.Ok(new { task = detail, @case = task.Item.CaseId is { } caseId ? await cases.AfterAsync(context, caseId, ct) : null });
    }

    private static ApiResult OfReference(CommandContext context, IdempotencyClaim claim, string path, string id)
    {
        var resource = ReferenceResources.All.Append(ReferenceResources.OpeningHours).FirstOrDefault(r => r.Path == path);
        if (resource is null || context.Reference.Row(resource.Kind, id) is not { } row) return ApiResult.Ok(new { id });
        var document = resource.Show(row.Data, context);
        document["revision"] = row.Revision;
        return claim.Route.StartsWith(HttpMethods.Post, StringComparison.Ordinal) ? ApiResult.Created(document, $"/api/{path}/{Uri.EscapeDataString(id)}") : ApiResult.Ok(document);
    }
}
