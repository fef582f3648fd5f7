using System.Globalization;
using CaseWorkflows.Runtime.Definitions;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>What our page around the editor adds to each call: which revision it built on, from which window, and why.</summary>
internal static class EditorHeaders
{
    public const string Revision = "X-Draft-Revision";

    public static long? BasedOn(HttpRequest request) =>
        long.TryParse(request.Headers[Revision], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    public static string? Session(HttpRequest request) => Short(request.Headers["X-Editing-Session"]);

    public static string? Confirmed(HttpRequest request) => Short(request.Headers["X-Confirmed"]);

    public static string? Reason(HttpRequest request)
    {
        var text = request.Headers["X-Publish-Reason"].ToString();
        if (string.IsNullOrWhiteSpace(text)) return null;
        var reason = Uri.UnescapeDataString(text).Trim();
        return reason.Length > 1000 ? reason[..1000] : reason;
    }

    public static void Write(HttpResponse response, DefinitionVersion version) =>
        response.Headers[Revision] = version.Revision.ToString(CultureInfo.InvariantCulture);

    private static string? Short(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > 200 ? null : text;
}
