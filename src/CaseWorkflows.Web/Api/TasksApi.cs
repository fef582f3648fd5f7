using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>Tasks: lists, forms, and what a person does with a task.</summary>
internal static class TasksApi
{
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks");

        tasks.MapGet("/", async (HttpContext http, TaskReader reader, string? view, string? @case, string? unit, string? due, string? q, string? trial, string? cursor, string? limit) =>
        {
            var page = await reader.ListAsync(ApiCall.Of(http).Context, new TaskQuery
            {
                View = view, Case = @case, Unit = unit, Due = due, Q = q, Trial = Flags.Read(trial, "trial") == true, Cursor = cursor, Limit = PageSize.Read(limit, 50)
            }, http.RequestAborted);
            return ApiResult.Ok(new { items = page.Items.Select(ItemJson), next = page.Next, counts = page.Counts, moved = page.Moved });
        });

        tasks.MapGet("/{id:guid}", async (HttpContext http, Guid id, TaskReader reader) =>
            ApiResult.Ok(DetailJson(await reader.GetAsync(ApiCall.Of(http).Context, id, http.RequestAborted))));

        tasks.MapGet("/{id:guid}/print", async (HttpContext http, Guid id, PrintTask print) =>
            ApiResult.Ok(await print.ExecuteAsync(ApiCall.Of(http).Context, id, http.RequestAborted)));

        tasks.MapPost("/next", async (HttpContext http, NextTask next, TaskReader reader) =>
        {
            var call = ApiCall.Of(http);
            // Each claim writes the key with it; the list itself changes nothing.
            return await next.ExecuteAsync(call.Context, call.Text("view"), call.Text("unit"), http.RequestAborted) is { } id
                ? ApiResult.Ok(DetailJson(await reader.GetAsync(call.Context, id, http.RequestAborted)))
                : ApiResult.NoContent();
        });

        Command(tasks, "open", (services, call, id, ct) => Get<MarkTaskOpened>(services).ExecuteAsync(call.Context, id, ct));
        Command(tasks, "claim", (services, call, id, ct) => Get<ClaimTask>(services).ExecuteAsync(call.Context, id, call.Text("skäl") ?? call.Text("reason"), ct));
        Command(tasks, "release", (services, call, id, ct) => Get<ReleaseTask>(services).ExecuteAsync(call.Context, id, ct));
        Command(tasks, "assign", (services, call, id, ct) => Get<AssignTask>(services).ExecuteAsync(call.Context, id, call.Text("to"), ct));
        Command(tasks, "park", (services, call, id, ct) => Get<ParkTask>(services).ExecuteAsync(call.Context, id, call.Instant("until"), call.Text("reason"), ct));
        Command(tasks, "comments", (services, call, id, ct) => Get<CommentTask>(services).ExecuteAsync(call.Context, id, call.Text("text"), ct));
        Command(tasks, "draft", (services, call, id, ct) => Get<SaveTaskDraft>(services).ExecuteAsync(call.Context, id, call.Object("fields") ?? [], ct));

        tasks.MapPost("/{id:guid}/complete", async (HttpContext http, Guid id, CompleteTask complete, TaskReader reader, CaseReader cases) =>
        {
            var call = ApiCall.Of(http);
            var outcome = call.Text("outcome") ?? throw new ValidationFailedException("outcome", "Välj ett utfall.");
            // Not cancelled with the request: a completion that began is carried through.
            await complete.ExecuteAsync(call.Context, id, outcome, call.Object("fields"), call.Number("revision"), CancellationToken.None, lastMessage: call.Id("lastMessage"));
            var task = await reader.AfterAsync(call.Context, id, CancellationToken.None);
            var after = task.Item.CaseId is { } caseId ? await cases.AfterAsync(call.Context, caseId, CancellationToken.None) : null;
            return ApiResult.Ok(new { task = DetailJson(task), @case = after });
        });
    }

    private static T Get<T>(IServiceProvider services) => (T)services.GetService(typeof(T))!;

    private static void Command(IEndpointRouteBuilder tasks, string verb, Func<IServiceProvider, ApiCall, Guid, CancellationToken, Task> command) =>
        tasks.MapPost("/{id:guid}/" + verb, async (HttpContext http, Guid id, TaskReader reader) =>
        {
            var call = ApiCall.Of(http);
            await command(http.RequestServices, call, id, http.RequestAborted);
            return ApiResult.Ok(DetailJson(await reader.AfterAsync(call.Context, id, http.RequestAborted)));
        });

    internal static object ItemJson(TaskItem t) => new
    {
        t.Id, t.Title, t.CaseId, t.CaseNumber, t.CaseType, t.Subject, t.Unit, t.Candidates, t.State, t.Assignee, t.AssigneeName, t.Priority, t.Due, t.WarnAt, t.Flags,
        t.Badge, t.ParkedUntil, t.CreatedAt, t.CompletedAt, t.Outcome
    };

    internal static object DetailJson(TaskDetail d) => new
    {
        d.Item.Id, d.Item.Title, d.Item.CaseId, d.Item.CaseNumber, d.Item.CaseType, d.Item.Subject, d.Item.Unit, d.Item.Candidates, d.Item.State, d.Item.Assignee, d.Item.AssigneeName,
        d.Item.Priority, d.Item.Due, d.Item.WarnAt, d.Item.Flags, d.Item.Badge, d.Item.ParkedUntil, d.Item.CreatedAt, d.Item.CompletedAt, d.Item.Outcome,
        d.Instructions, d.Rules, form = new { fields = d.Form },
        outcomes = d.Outcomes.Select(o => new { o.Name, o.Preselected, o.DisabledReason, o.Secondary }),
        d.Revision, d.TakesOver, d.MayWork, d.Comments, d.RoutineNotice
    };
}
