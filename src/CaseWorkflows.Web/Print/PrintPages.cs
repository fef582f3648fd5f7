using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Print;

/// <summary>Paper copies of cases and tasks. Showing one is the print that the history tells of.</summary>
internal static class PrintPages
{
    public static void MapPrint(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/arenden/{id}/utskrift", async (HttpContext http, string id, CommandContexts contexts, PrintCase print, PageFrames frames) =>
        {
            var copy = await print.ExecuteAsync(await http.ContextAsync(contexts), id, http.RequestAborted);
            return await PageAsync(http, frames, T("print.title", copy.CaseNumber), copy.Text, copy.PrintedAt, copy.PrintedBy, copy.Warning, $"/arenden/{copy.Id}");
        });
        routes.MapGet("/uppgifter/{id:guid}/utskrift", async (HttpContext http, Guid id, CommandContexts contexts, PrintTask print, PageFrames frames) =>
        {
            var copy = await print.ExecuteAsync(await http.ContextAsync(contexts), id, http.RequestAborted);
            return await PageAsync(http, frames, copy.Title, copy.Text, copy.PrintedAt, copy.PrintedBy, null, $"/uppgifter/{copy.Id}");
        });
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, PageFrames frames, string heading, string text, DateTimeOffset at, string by, string? warning, string back) =>
        Pages.Render<PrintPage>(new { Frame = await frames.CreateAsync(http), Heading = heading, Text = text, PrintedAt = at, PrintedBy = by, Warning = warning, Back = back });
}
