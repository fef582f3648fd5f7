using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Inbox;

/// <summary>The lists of tasks.</summary>
internal static class InboxPages
{
    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        foreach (var view in InboxView.Every)
        {
            routes.MapGet(view.Url, (HttpContext http, CommandContexts contexts, TaskReader tasks, PageFrames frames, string? enhet, string? klar, string? q, string? efter) =>
                ListAsync(http, contexts, tasks, frames, view, enhet, klar, q, efter));
        }
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, CommandContexts contexts, TaskReader tasks, PageFrames frames, InboxView view, string? unit, string? due, string? search, string? after)
    {
        var context = await http.ContextAsync(contexts);
        var page = await tasks.ListAsync(
            context, new TaskQuery { View = view.Name, Unit = Given(unit), Due = Given(due), Q = Given(search), Cursor = Given(after) }, http.RequestAborted);
        return Pages.Render<InboxPage>(new
        {
            Frame = await frames.CreateAsync(http, page.Counts),
            Model = new InboxModel
            {
                View = view,
                Tasks = page,
                Views = [.. Views(context.Actor)],
                Now = context.Now,
                Me = context.Actor.UserName ?? context.Actor.PersonId!,
                Units = view == InboxView.All ? Choices.Units(context, context.Reference.Units.Keys) : Choices.UnitsOf(context),
                Unit = Given(unit),
                Due = Given(due),
                Search = Given(search),
            },
        });
    }

    private static IEnumerable<InboxView> Views(Actor actor)
    {
        yield return InboxView.Mine;
        yield return InboxView.Available;
        if (actor.MayAnywhere(Permissions.TaskReadUnit)) yield return InboxView.Unit;
        if (actor.CoversFor.Count > 0) yield return InboxView.Cover;
        if (actor.MayAnywhere(Permissions.TaskReadAll)) yield return InboxView.All;
    }

    private static string? Given(string? text) => SoundText.IsBlank(text) ? null : text.Trim();
}
