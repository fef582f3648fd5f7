using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Web.Forms;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Incidents;

/// <summary>Failures in routines: the list, one of them, and what is decided about it.</summary>
internal static class IncidentPages
{
    public const string Url = "/fel-i-rutiner";

    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Url, ListAsync);
        var incident = routes.MapGroup(Url + "/{id:guid}");
        incident.MapGet("", (HttpContext http, Guid id, CommandContexts contexts, IncidentReader incidents, PageFrames frames) =>
            ShowAsync(http, id, contexts, incidents, frames, null, StatusCodes.Status200OK));
        incident.MapPost("/igen", (HttpContext http, Guid id, CommandContexts contexts, IncidentReader incidents, PageFrames frames, RetryIncident retry) =>
            DecideAsync(http, id, contexts, incidents, frames, "incident.retried", (context, form, ct) => retry.ExecuteAsync(context, id, form["f.reason"], ct)));
        incident.MapPost("/hoppa-over", (HttpContext http, Guid id, CommandContexts contexts, IncidentReader incidents, PageFrames frames, SkipIncident skip) =>
            DecideAsync(http, id, contexts, incidents, frames, "incident.skipped", (context, form, ct) => skip.ExecuteAsync(context, id, form["f.reason"], form["f.outcome"].LastOrDefault(), ct)));
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, CommandContexts contexts, IncidentReader incidents, UndeliveredReader undelivered, PageFrames frames, string? enhet, string? efter)
    {
        var context = await http.ContextAsync(contexts);
        var unit = SoundText.IsBlank(enhet) ? null : enhet;
        var page = await incidents.ListAsync(context, new IncidentQuery { Unit = unit, Cursor = efter }, http.RequestAborted);
        var units = Choices.Units(context, context.Actor.UnitsWith(Permissions.IncidentManage));
        return Pages.Render<IncidentsPage>(new
        {
            Frame = await frames.CreateAsync(http),
            Model = new IncidentsModel
            {
                Items = page.Items, Next = page.Next, Moved = page.Moved, Now = context.Now, Units = units.Count > 1 ? units : [], Unit = unit,
                Undelivered = await undelivered.ListAsync(context, http.RequestAborted),
            },
        });
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, Guid id, CommandContexts contexts, IncidentReader incidents, PageFrames frames, Func<IncidentItem, FormState>? form, int status)
    {
        var context = await http.ContextAsync(contexts);
        var item = await incidents.GetAsync(context, id, http.RequestAborted);
        return Pages.Render<IncidentPage>(
            new
            {
                Frame = await frames.CreateAsync(http),
                Model = new IncidentModel
                {
                    Item = item,
                    Now = context.Now,
                    Form = form?.Invoke(item) ?? IncidentForm.StateOf(item),
                    MayOpenRun = context.Actor.MayAnywhere(Permissions.AuditRead),
                    NameOf = person => context.Reference.FindPerson(person)?.DisplayName ?? person,
                },
            },
            status);
    }

    private static async Task<IResult> DecideAsync(
        HttpContext http, Guid id, CommandContexts contexts, IncidentReader incidents, PageFrames frames, string receipt,
        Func<CommandContext, IFormCollection, CancellationToken, Task> decide)
    {
        var context = await http.ContextAsync(contexts);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        try
        {
            // Not cancelled with the request: a decision that is being carried out is carried through.
            await decide(context, form, CancellationToken.None);
        }
        catch (ValidationFailedException faults)
        {
            return await ShowAsync(http, id, contexts, incidents, frames, item => IncidentForm.StateOf(item) with { Sent = FormReader.Sent(form), Errors = faults.Errors }, StatusCodes.Status400BadRequest);
        }
        catch (ConflictException conflict)
        {
            // Who was first, and why, stands on the incident's own page.
            Flash.Set(http, new Flash(conflict.Message, Warning: true));
            return Pages.See($"{Url}/{id}");
        }

        var item = await incidents.GetAsync(context, id, CancellationToken.None);
        if (item.FailedAgain is { } again)
        {
            Flash.Set(http, new Flash(T("incident.again"), Warning: true));
            return Pages.See($"{Url}/{again}");
        }

        Flash.Set(http, new Flash(T(receipt, item.Step?.Name ?? item.Routine?.Name ?? T("incident.work")), item.OpensCase ? item.CaseNumber : null, item.OpensCase ? $"/arenden/{item.CaseId}" : null));
        return Pages.See(Url);
    }
}
