using System.Globalization;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Tasks;

/// <summary>One task: its page, and what can be done with it besides completing it (see <see cref="TaskCompletionPages"/>).</summary>
internal static class TaskPages
{
    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        var task = routes.MapGroup("/uppgifter/{id:guid}");
        task.MapGet("", ShowAsync);
        task.MapPost("/ta", TakeAsync);
        task.MapPost("/lamna", ReleaseAsync);
        task.MapPost("/tilldela", AssignAsync);
        task.MapPost("/parkera", ParkAsync);
        task.MapPost("/kommentar", CommentAsync);
        routes.MapPost("/uppgifter/nasta", NextAsync);
        task.MapTaskCompletion();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Guid id, TaskView view) =>
        await view.RenderAsync(http, id);

    private static async Task<IResult> TakeAsync(HttpContext http, Guid id, CommandContexts contexts, ClaimTask claim, TaskReader tasks)
    {
        var context = await http.ContextAsync(contexts);
        await claim.ExecuteAsync(context, id, null, http.RequestAborted);
        var back = (await http.Request.ReadFormAsync(http.RequestAborted))["tillbaka"].ToString();
        if (back.Length == 0) return Pages.See($"/uppgifter/{id}");
        Flash.Set(http, new Flash(T("task.taken", (await tasks.GetAsync(context, id, http.RequestAborted)).Item.Title), T("task.open"), $"/uppgifter/{id}"));
        return Pages.See(back);
    }

    private static async Task<IResult> ReleaseAsync(HttpContext http, Guid id, CommandContexts contexts, ReleaseTask release, TaskReader tasks)
    {
        var context = await http.ContextAsync(contexts);
        var title = (await tasks.GetAsync(context, id, http.RequestAborted)).Item.Title;
        await release.ExecuteAsync(context, id, http.RequestAborted);
        Flash.Set(http, new Flash(T("task.released", title)));
        return Pages.See(http.Back(await GivenAsync(http, "tillbaka")));
    }

    private static async Task<IResult> AssignAsync(HttpContext http, Guid id, CommandContexts contexts, AssignTask assign, TaskView view) =>
        await ExtraAsync(http, id, view, async () =>
        {
            var context = await http.ContextAsync(contexts);
            var to = await GivenAsync(http, "till");
            await assign.ExecuteAsync(context, id, to, http.RequestAborted);
            Flash.Set(http, new Flash(T("task.assigned", context.Reference.FindPerson(to)?.DisplayName)));
            return Pages.See(http.Back(await GivenAsync(http, "tillbaka")));
        });

    private static async Task<IResult> ParkAsync(HttpContext http, Guid id, CommandContexts contexts, ParkTask park, TaskReader tasks, TaskView view)
    {
        var context = await http.ContextAsync(contexts);
        var tried = new ParkingTry(await GivenAsync(http, "till"), await GivenAsync(http, "skal"), Late: false);
        var until = IsoText.Instant(tried.Until, context.Now);
        var item = (await tasks.GetAsync(context, id, http.RequestAborted)).Item;
        // Clocks go on while a task is parked: past the deadline only on purpose, and to the time that was warned of.
        if (until is { } late && (item.Due ?? item.CaseDue) is { } due && late > due && await GivenAsync(http, "anda") != tried.Until)
        {
            return await view.RenderAsync(http, id, new TaskView.Retry
            {
                Status = StatusCodes.Status400BadRequest, Parking = tried with { Late = true },
                ExtraProblem = T("task.park.late", Times.Clock.Within(due, context.Now), Times.Clock.Within(late, context.Now)),
            });
        }

        return await ExtraAsync(http, id, view, async () =>
        {
            await park.ExecuteAsync(context, id, until, tried.Reason, http.RequestAborted);
            Flash.Set(http, new Flash(T("task.parkeddone")));
            return Pages.See(http.Back(await GivenAsync(http, "tillbaka")));
        }, tried);
    }

    private static async Task<IResult> CommentAsync(HttpContext http, Guid id, CommandContexts contexts, CommentTask comment, TaskView view)
    {
        var text = await GivenAsync(http, "text");
        try
        {
            await comment.ExecuteAsync(await http.ContextAsync(contexts), id, text, http.RequestAborted);
        }
        catch (ValidationFailedException faults)
        {
            return await view.RenderAsync(http, id, new TaskView.Retry
            {
                Status = StatusCodes.Status400BadRequest, Comment = text, CommentProblem = string.Join(" ", faults.Errors.SelectMany(e => e.Value)),
            });
        }

        Flash.Set(http, new Flash(T("task.commented")));
        return Pages.See($"/uppgifter/{id}");
    }

    private static async Task<IResult> NextAsync(HttpContext http, CommandContexts contexts, NextTask next)
    {
        var view = await GivenAsync(http, "vy");
        var unit = await GivenAsync(http, "enhet");
        var id = await FindNextAsync(http, contexts, next, view, unit.Length == 0 ? null : unit);
        if (id is not null) return Pages.See($"/uppgifter/{id}");
        Flash.Set(http, new Flash(T("inbox.nonext"), Warning: true));
        return Pages.See(http.Back());
    }

    /// <summary>First in the view; when nothing is left there, first of what waits to be taken.</summary>
    public static async Task<Guid?> FindNextAsync(HttpContext http, CommandContexts contexts, NextTask next, string? view, string? unit)
    {
        var context = await http.ContextAsync(contexts);
        var first = view is TaskQuery.UnitView or TaskQuery.All or null or "" ? TaskQuery.Available : view;
        return await next.ExecuteAsync(context, first, unit, http.RequestAborted)
            ?? (first == TaskQuery.Available ? null : await next.ExecuteAsync(context, TaskQuery.Available, unit, http.RequestAborted));
    }

    // What is wrong is told on the task's page, where it was tried.
    private static async Task<IResult> ExtraAsync(HttpContext http, Guid id, TaskView view, Func<Task<IResult>> act, ParkingTry? parking = null)
    {
        try
        {
            return await act();
        }
        catch (ValidationFailedException faults)
        {
            return await view.RenderAsync(http, id, new TaskView.Retry
            {
                Status = StatusCodes.Status400BadRequest, Parking = parking, ExtraProblem = string.Join(" ", faults.Errors.SelectMany(e => e.Value)),
            });
        }
    }

    private static async Task<string> GivenAsync(HttpContext http, string name) => (await http.Request.ReadFormAsync(http.RequestAborted))[name].ToString().Trim();
}
