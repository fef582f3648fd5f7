using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Rules;

/// <summary>The text behind a rule id.</summary>
internal static class RulePages
{
    public static void MapRules(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/regler/{id}", async (HttpContext http, string id, PageFrames frames) =>
            Pages.Render<RulePage>(new { Frame = await frames.CreateAsync(http), Id = id.ToUpperInvariant() },
                RuleBook.Find(id) is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK));
}
