using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Web.Inbox;
using CaseWorkflows.Web.Incidents;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Times;
using Microsoft.AspNetCore.Http;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Shell;

/// <summary>Makes the frame of a request: who is signed in, where that person may go, what stands in the banner.</summary>
public sealed class PageFrames(CommandContexts contexts, TaskReader tasks, IncidentReader incidents)
{
    /// <param name="http">The request.</param>
    /// <param name="counts">Open tasks by view, where the page has counted already.</param>
    public async Task<PageFrame> CreateAsync(HttpContext http, IReadOnlyDictionary<string, int>? counts = null)
    {
        if (await http.FindContextAsync(contexts) is not { } context) return new PageFrame();
        counts ??= await tasks.CountsAsync(context, http.RequestAborted);
        return new PageFrame
        {
            UserName = context.Actor.DisplayName,
            Owner = PageOwner.Of(context),
            UserRoles = Roles(context),
            Navigation = [.. Navigation(context.Actor, counts, await incidents.CountAsync(context, http.RequestAborted))],
            Banners = [.. Banners(context)],
            Flash = Flash.Take(http),
        };
    }

    private static IEnumerable<NavItem> Navigation(Actor actor, IReadOnlyDictionary<string, int> counts, int stopped)
    {
        yield return new NavItem("mine", T("nav.mine"), InboxView.Mine.Url, counts.GetValueOrDefault(TaskQuery.Mine));
        yield return new NavItem("unit", T("nav.unit"), InboxView.Available.Url, counts.GetValueOrDefault(TaskQuery.Available));
        yield return new NavItem("cases", T("nav.cases"), "/arenden");
        if (actor.MayAnywhere(Permissions.CaseRegister)) yield return new NavItem("register", T("nav.register"), "/arenden/nytt");
        if (actor.MayAnywhere(Permissions.WorkflowEdit) || actor.MayAnywhere(Permissions.WorkflowPublish) || actor.MayAnywhere(Permissions.AuditRead))
            yield return new NavItem("studio", T("nav.studio"), "/studio/workflows/definitions", Enhanced: false);
        if (actor.MayAnywhere(Permissions.IncidentManage))
            yield return new NavItem("incidents", T("nav.incidents"), IncidentPages.Url, stopped > 0 ? stopped : null, Counted: T("shell.incidents"));
    }

    private static string? Roles(CommandContext context)
    {
        var roles = context.Actor.Assignments
            .GroupBy(a => a.Role)
            .Select(g => $"{context.Reference.RoleName(g.Key)}, {Places(context, g)}").ToList();
        return roles.Count == 0 ? null : string.Join("; ", roles);
    }

    private static string Places(CommandContext context, IEnumerable<RoleAssignment> assignments) =>
        string.Join(", ", assignments.Select(a => a.Unit == Cases.Reference.ReferenceView.Everywhere ? T("word.everywhere") : context.Reference.UnitName(a.Unit)).Distinct());

    /// <summary>Governing documents of the person's own units that have passed their date (X-06).</summary>
    private static IEnumerable<string> Banners(CommandContext context)
    {
        var today = SwedishTime.LocalDate(context.Now);
        return context.Actor.Assignments.Select(a => a.Unit).Distinct()
            .Where(context.Reference.Units.ContainsKey)
            .Select(unit => context.Reference.Setting<string>(RegisterCase.RoutineSetting, unit))
            .Distinct()
            .Select(id => id is null ? null : context.Reference.RoutineDocuments.GetValueOrDefault(id))
            .Where(d => d?.ValidityOn(today) == RoutineDocument.Expired)
            .Select(d => T("banner.passed", d!.Title, d.Version is null ? d.DocumentId : $"{d.DocumentId} {T("case.version", d.Version)}",
                Clock.Date(d.ValidTo!.Value), today.DayNumber - d.ValidTo.Value.DayNumber));
    }
}
