using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>Cases: intake, reading, the resident's messages, and what other systems tell.</summary>
internal static class CasesApi
{
    public static void MapCases(this IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases");

        cases.MapPost("/", async (HttpContext http, RegisterCase register, CaseReader reader) =>
        {
            var call = ApiCall.Of(http);
            var (id, how) = await register.ExecuteAsync(call.Context, CaseRegistrationRequest.FromJson(call.Body), CancellationToken.None);
            if (how == Registered.New) return ApiResult.Created(await reader.RegisteredAsync(call.Context, id, CancellationToken.None), $"/api/cases/{id}");
            // A repeated external id gives the first case, and that one may be another's.
            var first = await reader.RepeatedAsync(call.Context, id, CancellationToken.None);
            return how == Registered.Again ? ApiResult.Ok(first)
                : throw new ConflictException(ConflictTypes.AlreadyExists, $"Ärendet {first.CaseNumber} har redan detta externa id, men annat innehåll. Inget har sparats.", "externalId");
        });

        cases.MapGet("/", async (HttpContext http, CaseReader reader, string? unit, string? status, string? flag, string? caseType, string? owner, string? q, string? from, string? to, string? open, string? cursor, string? limit) =>
        {
            var context = ApiCall.Of(http).Context;
            return ApiResult.Ok(await reader.ListAsync(context, new CaseQueryFilter
            {
                Unit = unit, Status = status, Flag = flag, CaseType = caseType, Owner = owner, Q = q, Open = Flags.Read(open, "open"), Cursor = cursor, Limit = PageSize.Read(limit, 50),
                From = Instants.Date(from, "from"), To = Instants.Date(to, "to")
            }, http.RequestAborted));
        });

        cases.MapGet("/{id}", async (HttpContext http, string id, CaseReader reader) =>
            ApiResult.Ok(await reader.GetAsync(ApiCall.Of(http).Context, id, http.RequestAborted)));

        cases.MapGet("/{id}/messages", async (HttpContext http, string id, MessageReader messages) =>
            ApiResult.Ok(await messages.OfCaseAsync(ApiCall.Of(http).Context, id, http.RequestAborted)));

        cases.MapGet("/{id}/notices", async (HttpContext http, string id, NoticeReader notices) =>
            ApiResult.Ok(await notices.OfCaseAsync(ApiCall.Of(http).Context, id, http.RequestAborted)));

        cases.MapGet("/{id}/history", async (HttpContext http, string id, HistoryReader history) =>
            ApiResult.Ok(await history.OfCaseAsync(ApiCall.Of(http).Context, id, http.RequestAborted)));

        cases.MapPost("/{id}/resident-messages", async (HttpContext http, string id, ReceiveResidentMessage receive) =>
        {
            var call = ApiCall.Of(http);
            var messageId = await receive.ExecuteAsync(call.Context, id, call.Text("text"), call.Body["attachments"], CancellationToken.None);
            return ApiResult.Accepted(new { id = messageId });
        });

        cases.MapPost("/{id}/events", async (HttpContext http, string id, ReceiveCaseEvent receive) =>
        {
            var call = ApiCall.Of(http);
            await receive.ExecuteAsync(call.Context, id, call.Text("event"), call.Body["data"], CancellationToken.None);
            return ApiResult.Accepted(new { @event = call.Text("event") });
        });

        cases.MapPost("/{id}/reply-read", async (HttpContext http, string id, MarkReplyRead mark, CaseReader reader) =>
        {
            var call = ApiCall.Of(http);
            await mark.ExecuteAsync(call.Context, id, call.Id("lastMessage"), CancellationToken.None);
            return ApiResult.Ok(await reader.GetAsync(call.Context, id, CancellationToken.None));
        });

        cases.MapGet("/{id}/attachments/{attachmentId:guid}", async (HttpContext http, string id, Guid attachmentId, AttachmentReader attachments) =>
        {
            var file = await attachments.GetAsync(ApiCall.Of(http).Context, id, attachmentId, http.RequestAborted);
            // Always a download, never shown inside our own origin: the sender chose the type.
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return Results.File(file.Content, file.ContentType, file.Name);
        });

        cases.MapGet("/{id}/print", async (HttpContext http, string id, PrintCase print) =>
            ApiResult.Ok(await print.ExecuteAsync(ApiCall.Of(http).Context, id, http.RequestAborted)));
    }
}
