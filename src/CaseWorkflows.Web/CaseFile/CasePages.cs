using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.CaseFile;

/// <summary>The list of cases and a case with everything about it.</summary>
internal static class CasePages
{
    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/arenden", ListAsync);
        routes.MapGet("/arenden/{id}", ShowAsync);
        routes.MapPost("/arenden/{id}/svar-last", MarkReadAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, CommandContexts contexts, CaseReader cases, PageFrames frames, string? enhet, string? typ, string? flagga, string? q, string? efter)
    {
        var context = await http.ContextAsync(contexts);
        var filter = new CaseQueryFilter { Unit = Given(enhet), CaseType = Given(typ), Flag = Given(flagga), Q = Given(q), Cursor = Given(efter) };
        var page = await cases.ListAsync(context, filter, http.RequestAborted);
        // A search that finds one case by its number goes straight to it.
        if (page.Items is [var only] && string.Equals(only.CaseNumber, filter.Q, StringComparison.OrdinalIgnoreCase)) return Pages.See($"/arenden/{only.Id}");
        var units = Choices.UnitsOf(context);
        return Pages.Render<CasesPage>(new
        {
            Frame = await frames.CreateAsync(http),
            Model = new CasesModel
            {
                Items = page.Items,
                Next = page.Next,
                Moved = page.Moved,
                Now = context.Now,
                Units = units.Count > 1 ? units : [],
                CaseTypes = [.. context.Reference.CaseTypes.Values.Where(t => units.Any(u => context.Reference.Offers(u.Value, t.Code)))
                    .OrderBy(t => t.Name, StringComparer.Create(Texts.Text.Swedish, true)).Select(t => new FormOption(t.Code, t.Name))],
                Unit = filter.Unit,
                CaseType = filter.CaseType,
                Flag = filter.Flag,
                Search = filter.Q,
                NameOf = person => context.Reference.FindPerson(person)?.DisplayName ?? person,
            },
        });
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string id, CommandContexts contexts, CaseReader cases, MessageReader messages, HistoryReader history, PageFrames frames)
    {
        var context = await http.ContextAsync(contexts);
        var detail = await cases.GetAsync(context, id, http.RequestAborted);
        return Pages.Render<CasePage>(new
        {
            Frame = await frames.CreateAsync(http),
            Model = new CaseModel
            {
                Case = detail,
                // An auditor sees what happened, not what was written.
                Messages = detail.TextShown ? await messages.OfCaseAsync(context, detail.Id.ToString(), http.RequestAborted) : [],
                History = await history.OfCaseAsync(context, detail.Id.ToString(), http.RequestAborted),
                Now = context.Now,
                MayMend = detail.Stopped.Count > 0 && new[] { detail.Unit, detail.ResponsibleUnit }.Any(u => context.Reference.FindUnit(u) is { } unit && context.Actor.May(Permissions.IncidentManage, unit.Id)),
                MayMarkRead = detail is { ClosedAt: not null, TextShown: true } && detail.Flags.Contains(CaseFlag.NewReply)
                    && MarkReplyRead.MayAt(context, [detail.Unit, detail.ResponsibleUnit, detail.Owner.Unit]),
                MayAudit = new[] { detail.Unit, detail.ResponsibleUnit }.Any(u => context.Reference.FindUnit(u) is { } unit && context.Actor.May(Permissions.AuditRead, unit.Id)),
                NameOf = person => context.Reference.FindPerson(person)?.DisplayName ?? person,
            },
        });
    }

    private static async Task<IResult> MarkReadAsync(HttpContext http, string id, CommandContexts contexts, MarkReplyRead mark)
    {
        // A page that does not say what it showed has shown nothing.
        var shown = Guid.TryParse((await http.Request.ReadFormAsync(http.RequestAborted))["sett"], out var message) ? message : Guid.Empty;
        await mark.ExecuteAsync(await http.ContextAsync(contexts), id, shown, http.RequestAborted);
        Flash.Set(http, new Flash(T("case.replyread.done")));
        return Pages.See($"/arenden/{Uri.EscapeDataString(id)}");
    }

    private static string? Given(string? text) => SoundText.IsBlank(text) ? null : text.Trim();
}
