using System.Security.Cryptography;
using CaseWorkflows.Cases.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace CaseWorkflows.Web.Static;

/// <summary>Styles and scripts of the pages, held in the assembly: every way of starting the host serves the same bytes.</summary>
internal static class EmbeddedFiles
{
    private const string Prefix = "wwwroot/";

    private static readonly Dictionary<string, EmbeddedFile> Files = Load();

    /// <summary>Address with the content's hash, so that a browser may keep the answer for ever.</summary>
    public static string Url(string path) => $"/{path}?v={Files[path].Version}";

    public static void MapEmbeddedFiles(this IEndpointRouteBuilder routes)
    {
        foreach (var file in Files.Values)
            routes.MapGet("/" + file.Path, (HttpContext http) => Serve(http, file)).AllowAnonymous().WithMetadata(PublicFile.Marker).ExcludeFromDescription();
    }

    private static IResult Serve(HttpContext http, EmbeddedFile file)
    {
        http.Response.Headers.CacheControl = http.Request.Query["v"] == file.Version
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        return Results.Bytes(file.Content, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.Version}\""));
    }

    private static Dictionary<string, EmbeddedFile> Load()
    {
        var assembly = typeof(EmbeddedFiles).Assembly;
        var files = new Dictionary<string, EmbeddedFile>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var path = name[Prefix.Length..];
            files[path] = new EmbeddedFile(path, ContentType(path), Convert.ToHexStringLower(SHA256.HashData(content))[..12], content);
        }

        return files;
    }

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
