using System.Globalization;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Tasks;
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
        task.MapPost("/utkast", SaveDraftAsync);
    }

    private static async Task<IResult> CompleteAsync(
        HttpContext http, Guid id, CommandContexts contexts, TaskReader tasks, CompleteTask complete, NextTask next, TaskView view)
    {
        var ct = http.RequestAborted;
        var context = await http.ContextAsync(contexts);
        var form = await http.Request.ReadFormAsync(ct);
        var outcome = form["outcome"].ToString();
        var back = form["tillbaka"].ToString();
        var task = await tasks.GetAsync(context, id, ct);
        var fields = await FormReader.ReadAsync(form, TaskView.FieldsOf(task), outcome, ct);
        var revision = NumberText.Integer(form["revision"].ToString(), 0, int.MaxValue);
        try
        {
            await complete.ExecuteAsync(context, id, outcome, fields, revision, ct);
        }
        catch (ValidationFailedException faults)
        {
            return await view.RenderAsync(http, id, new TaskView.Retry
            {
                Status = StatusCodes.Status400BadRequest, Outcome = outcome, Sent = FormReader.Sent(form), Errors = faults.Errors, Back = back,
            });
        }
        catch (ConflictException conflict)
        {
            return await view.RenderAsync(http, id, new TaskView.Retry
            {
                Status = StatusCodes.Status409Conflict, Outcome = outcome, Sent = FormReader.Sent(form), Problem = conflict.Message, Back = back,
            });
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

    /// <summary>Sent by the page while somebody writes; files are too heavy for it.</summary>
    private static async Task<IResult> SaveDraftAsync(HttpContext http, Guid id, CommandContexts contexts, TaskReader tasks, SaveTaskDraft save)
    {
        var ct = http.RequestAborted;
        var context = await http.ContextAsync(contexts);
        var task = await tasks.GetAsync(context, id, ct);
        if (!task.MayWork || task.TakesOver) return Results.NoContent();
        var form = await http.Request.ReadFormAsync(ct);
        var fields = task.Form.Where(f => f.Type is not (Cases.Forms.FieldType.File or Cases.Forms.FieldType.Rows)).ToList();
        await save.ExecuteAsync(context, id, await FormReader.ReadAsync(form, fields, null, ct), ct);
        return Results.NoContent();
    }
}
