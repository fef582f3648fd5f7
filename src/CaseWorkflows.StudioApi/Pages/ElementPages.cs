using System.Security.Claims;
using CaseWorkflows.StudioApi.Static;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The four pages that Studio's elements fill.</summary>
internal static class ElementPages
{
    public static void MapElementPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/studio").ExcludeFromDescription();
        pages.MapGet("/", () => TypedResults.Redirect("/studio/workflows/definitions"));
        pages.MapGet("/workflows/definitions", (HttpContext http, OwnFiles files, StudioPackage package) =>
            Show(http, files, package, "Rutiner", StudioArea.Routines, null, new(StudioElement.DefinitionList)));
        pages.MapGet("/workflows/definitions/{definitionId}/edit", (string definitionId, string? step, HttpContext http, OwnFiles files, StudioPackage package) =>
            Show(http, files, package, definitionId, StudioArea.Routines, new(definitionId, definitionId), new(StudioElement.DefinitionEditor, DefinitionId: definitionId, Step: step)));
        pages.MapGet("/workflows/instances", (HttpContext http, OwnFiles files, StudioPackage package) =>
            Show(http, files, package, "Körningar", StudioArea.Instances, null, new(StudioElement.InstanceList)));
        pages.MapGet("/workflows/instances/{instanceId}/view", (string instanceId, HttpContext http, OwnFiles files, StudioPackage package) =>
            Show(http, files, package, "Körning", StudioArea.Instances, null, new(StudioElement.InstanceViewer, InstanceId: instanceId)));
    }

    private static RazorComponentResult<ElementPage> Show(HttpContext http, OwnFiles files, StudioPackage package, string title, StudioArea area,
        StudioRoutine? routine, StudioElement element)
    {
        SecurityPolicy.Apply(http.Response, studio: true);
        var model = new StudioPageModel
        {
            Title = title,
            Area = area,
            Routine = routine,
            Files = files,
            Package = package,
            Path = http.Request.Path + http.Request.QueryString,
            English = http.Request.Cookies["studio-sprak"] == "en",
            User = new(http.User.FindFirstValue("sub") ?? "", http.User.FindFirstValue("name") ?? "", true),
        };
        return new RazorComponentResult<ElementPage>(new { Model = model, Element = element });
    }
}
