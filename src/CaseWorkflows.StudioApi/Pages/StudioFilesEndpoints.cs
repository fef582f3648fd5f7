using System.Text.Json.Nodes;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.StudioApi.Static;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The files of the package and our own. They hold nothing secret and are needed before anything else.</summary>
internal static class StudioFilesEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapStudioFiles(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/studio").AllowAnonymous().WithMetadata(PublicFile.Marker).ExcludeFromDescription();
        files.MapMethods("/_framework/{**file}", Reading, (string file, StudioPackage package, HttpContext context) => package.ServeAsync(context, "_framework/" + file));
        files.MapMethods("/_content/{**file}", Reading, (string file, StudioPackage package, HttpContext context) => package.ServeAsync(context, "_content/" + file));
        files.MapMethods("/Elsa.Studio.Host.CustomElements.styles.css", Reading, (StudioPackage package, HttpContext context) => package.ServeAsync(context, "Elsa.Studio.Host.CustomElements.styles.css"));
        // Blazor asks for its settings at start; the elements take theirs from the page.
        files.MapGet("/appsettings.json", () => TypedResults.Json(new JsonObject()));
        files.MapGet("/appsettings.{environment}.json", () => TypedResults.Json(new JsonObject()));
        files.MapMethods("/app/{file}", Reading, (string file, OwnFiles own, HttpContext context) => own.ServeAsync(context, file));
    }
}
