using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Reads;

/// <summary>Who has read a case, and what a person has read, for auditors.</summary>
internal static class ReadsPages
{
    private const int PerPage = 100;

    public static void MapReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/arenden/{id}/lasningar", async (HttpContext http, string id, CommandContexts contexts, ReadLogReader reads, PageFrames frames, string? patient, string? efter) =>
        {
            var context = await http.ContextAsync(contexts);
            var all = patient == "ja";
            var page = await reads.OfCaseAsync(context, id, all, efter, PerPage, http.RequestAborted);
            var url = $"/arenden/{Uri.EscapeDataString(id)}/lasningar";
            return await RenderAsync(http, frames, page, T("reads.case", page.Of), url + (all ? "?patient=ja" : ""), url + (all ? "" : "?patient=ja"), T(all ? "reads.caseonly" : "reads.patient"));
        });
        routes.MapGet("/revision/personer/{id}", async (HttpContext http, string id, CommandContexts contexts, ReadLogReader reads, PageFrames frames, string? efter) =>
        {
            var context = await http.ContextAsync(contexts);
            var page = await reads.OfPersonAsync(context, id, efter, PerPage, http.RequestAborted);
            return await RenderAsync(http, frames, page, T("reads.person", page.Of), $"/revision/personer/{Uri.EscapeDataString(id)}", null, null);
        });
    }

    private static async Task<IResult> RenderAsync(
        HttpContext http, PageFrames frames, ReadPage page, string heading, string url, string? otherUrl, string? other) =>
        Pages.Render<ReadsPage>(new
        {
            Frame = await frames.CreateAsync(http),
            Heading = heading,
            Reads = page,
            More = page.Next is { } next ? url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "efter=" + next : null,
            OtherUrl = otherUrl,
            Other = other,
        });
}
