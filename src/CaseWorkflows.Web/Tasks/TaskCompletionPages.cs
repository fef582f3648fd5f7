using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Runtime;
using CaseWorkflows.Web.Forms;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Tasks;

/// <summary>Completing a task from its form, and keeping what has been filled in so far.</summary>
internal static class TaskCompletionPages
{
    public static void MapTaskCompletion(this RouteGroupBuilder task)
    {
        task.MapPost("", CompleteAsync);
        task.MapPost("/granska", PreviewAsync);
        task.MapPost("/utkast", SaveDraftAsync);
        task.MapPost("/utkast/kasta", DiscardDraftAsync);
    }

    /// <summary>Carries the seal of the preview that the page showed.</summary>
    private const string SeenInput = "sett";

    /// <summary>Carries the latest message from the resident that the page showed.</summary>
    internal const string LastMessageInput = "senaste-meddelande";

    /// <summary>
    /// A field of the chosen outcome that the browser did not send was not on the page: then neither its prefilled value nor a draft of it goes
    /// along. A list that nobody answered is as it was; files are sent by choice, and are left as they are.
    /// </summary>
    private static void NothingUnseen(JsonObject fields, IReadOnlyList<FormField> form, string outcome)
    {
        foreach (var field in form.Where(f => f.Type != FieldType.File && f.VisibleFor?.Contains(outcome) != false))
            fields.TryAdd(FieldNames.Key(field), field.Type == FieldType.Rows ? RowColumns.Unanswered(field) : null);
    }

    /// <summary>What the form would send as it stands now, for the page to show beside its button. An unfinished form sends nothing.</summary>
    private static async Task<IResult> PreviewAsync(HttpContext http, Guid id, CommandContexts contexts, TaskReader tasks, CompleteTask complete)
    {
        var ct = http.RequestAborted;
        var context = await http.ContextAsync(contexts);
        var form = await http.Request.ReadFormAsync(ct);
        if (IsAnothers(form, context)) return Results.Conflict();
        var outcome = form["outcome"].ToString();
        var task = await tasks.GetAsync(context, id, ct);
        var fields = await FormReader.ReadAsync(form, TaskView.FieldsOf(task), outcome, ct);
        NothingUnseen(fields, TaskView.FieldsOf(task), outcome);
        // Files stay in the browser until the form is sent; their names stand for them.
        foreach (var file in task.Form.Where(f => f.Type == FieldType.File && form.ContainsKey(FieldNames.Input(f))))
            fields[FieldNames.Key(file)] = new JsonObject { ["name"] = form[FieldNames.Input(file)].ToString(), ["contentType"] = "text/plain", ["base64"] = "IA==" };
        CompletionPreview preview;
        try
        {
            preview = await complete.PreviewAsync(context, id, outcome, fields, ct);
        }
        catch (DomainException refused) when (refused is ValidationFailedException or ConflictException)
        {
            preview = new CompletionPreview(outcome, [], Closes: false);
        }

        return Pages.Render<MessagePreview>(new { Preview = preview });
    }

    private static async Task<IResult> DiscardDraftAsync(HttpContext http, Guid id, CommandContexts contexts, SaveTaskDraft drafts)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        await drafts.DiscardAsync(await http.ContextAsync(contexts), id, http.RequestAborted, DraftShown.Read(form));
        Flash.Set(http, new Flash(T("task.draft.discarded")));
        return Pages.See($"/uppgifter/{id}");
    }

    private static async Task<IResult> CompleteAsync(
        HttpContext http, Guid id, CommandContexts contexts, TaskReader tasks, CompleteTask complete, SaveTaskDraft save, NextTask next, TaskView view)
    {
        var ct = http.RequestAborted;
        var context = await http.ContextAsync(contexts);
        var form = await http.Request.ReadFormAsync(ct);
        var outcome = form["outcome"].ToString();
        var back = form["tillbaka"].ToString();
        var retry = new TaskView.Retry { Outcome = outcome.Length == 0 ? null : outcome, Sent = FormReader.Sent(form), Back = back };
        var task = await tasks.GetAsync(context, id, ct);
        if (IsAnothers(form, context)) return await view.RenderAsync(http, id, retry with { Status = StatusCodes.Status409Conflict, Problem = T("task.anothers") });
        var revision = NumberText.Integer(form["revision"].ToString(), 0, int.MaxValue);
        try
        {
            if (outcome.Length == 0) throw new ValidationFailedException("outcome", T("form.chooseoutcome"));
            var fields = await FormReader.ReadAsync(form, TaskView.FieldsOf(task), outcome, ct);
            NothingUnseen(fields, TaskView.FieldsOf(task), outcome);
            var preview = await complete.PreviewAsync(context, id, outcome, fields, ct);
            var sealOfSeen = form[SeenInput].ToString();
            // Only what was shown is sent; what was shown and is no longer so is shown anew.
            if ((preview.Messages.Count > 0 || sealOfSeen.Length > 0) && sealOfSeen != preview.Seal)
                return await view.RenderAsync(http, id, (await KeptAsync()) with { Status = StatusCodes.Status200OK, Preview = preview });
            await complete.ExecuteAsync(context, id, outcome, fields, revision, ct, preview, form.TryGetValue(LastMessageInput, out var last) ? Guid.TryParse(last, out var shown) ? shown : Guid.Empty : null);
        }
        catch (ValidationFailedException faults)
        {
            return await view.RenderAsync(http, id, (await KeptAsync()) with { Status = StatusCodes.Status400BadRequest, Errors = faults.Errors });
        }
        catch (ConflictException conflict)
        {
            return await view.RenderAsync(http, id, (await KeptAsync()) with { Status = StatusCodes.Status409Conflict, Problem = conflict.Message });
        }
        catch (ForbiddenException)
        {
            await KeptAsync();
            throw;
        }

        var goOn = form["vidare"] == "ja";
        http.Response.Cookies.Append(TaskView.GoOnCookie, goOn ? "ja" : "nej", new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromDays(365), Secure = http.Request.IsHttps });
        var follow = await FollowingAsync(context, tasks, task.Item.CaseId, ct);
        Flash.Set(http, new Flash(
            T("task.completed", task.Item.Title, outcome, task.Item.CaseNumber),
            follow is null ? null : T("task.continue", follow.Title), follow is null ? null : $"/uppgifter/{follow.Id}"));
        if (!goOn) return Pages.See(http.Back(back));
        // The same case's next step is still in mind; otherwise the first in order.
        var onward = follow?.Id ?? await TaskPages.FindNextAsync(http, contexts, next, back == "/" ? TaskQuery.Mine : TaskQuery.Available, null);
        return Pages.See(onward is null ? http.Back(back) : $"/uppgifter/{onward}");

        async Task<TaskView.Retry> KeptAsync() => retry with { Kept = await TryKeepAsync(context, task, form, save, ct) };
    }

    /// <summary>The case's next task that is this person's to do.</summary>
    private static async Task<TaskItem?> FollowingAsync(CommandContext context, TaskReader tasks, Guid? caseId, CancellationToken ct)
    {
        if (caseId is null) return null;
        foreach (var view in new[] { TaskQuery.Mine, TaskQuery.Available })
        {
            var page = await tasks.ListAsync(context, new TaskQuery { View = view, Case = caseId.ToString(), Limit = 1 }, ct);
            if (page.Items.Count > 0) return page.Items[0];
        }

        return null;
    }

    /// <summary>Sent by the page while somebody writes.</summary>
    private static async Task<IResult> SaveDraftAsync(HttpContext http, Guid id, CommandContexts contexts, TaskReader tasks, SaveTaskDraft save)
    {
        var ct = http.RequestAborted;
        var context = await http.ContextAsync(contexts);
        var form = await http.Request.ReadFormAsync(ct);
        if (IsAnothers(form, context)) return Results.Conflict();
        try
        {
            var task = await tasks.GetAsync(context, id, ct);
            if (task is { TakesOver: true, Item.State: TaskState.Open or TaskState.Taken }) return NotKept(T("draft.taken", task.Item.AssigneeName ?? task.Item.Assignee!));
            await KeepAsync(context, task, form, save, ct);
        }
        catch (ConflictException conflict)
        {
            return NotKept(conflict.Message);
        }

        return Results.NoContent();
    }

    /// <summary>The page tells it beside what is written.</summary>
    private static IResult NotKept(string why) => Results.Text(why, "text/plain", Encoding.UTF8, StatusCodes.Status409Conflict);

    /// <summary>
    /// The page was one person's, and another has signed in since in the same browser: what the one has written is not the other's, until it has been
    /// shown to him as his.
    /// </summary>
    private static bool IsAnothers(IFormCollection form, CommandContext context) =>
        PageOwner.IsAnothers(form, PageOwner.WriterInput, context);

    /// <summary>
    /// What was sent and did not complete the task is kept as its draft, by the draft's own rules: whoever then leaves the page finds it again. False =
    /// it could not be (a colleague's task, one that is done), which is no reason to answer anything else than why it was not completed.
    /// </summary>
    private static async Task<bool> TryKeepAsync(CommandContext context, TaskDetail task, IFormCollection form, SaveTaskDraft save, CancellationToken ct)
    {
        if (!task.MayWork || task.TakesOver) return false;
        try
        {
            await KeepAsync(context, task, form, save, ct);
            return true;
        }
        catch (Exception refused) when (refused is DomainException || DatabaseUnavailableException.IsConnectionLoss(refused))
        {
            return false;
        }
    }

    // Files are too heavy for a draft.
    private static async Task KeepAsync(CommandContext context, TaskDetail task, IFormCollection form, SaveTaskDraft save, CancellationToken ct)
    {
        var outcome = task.Outcomes.FirstOrDefault(o => o.Name == form["outcome"])?.Name;
        var fields = task.Form.Where(f => f.Type != FieldType.File).ToList();
        await save.ExecuteAsync(context, task.Item.Id, await FormReader.ReadAsync(form, fields, outcome, ct), ct, outcome, DraftShown.Read(form));
    }
}
