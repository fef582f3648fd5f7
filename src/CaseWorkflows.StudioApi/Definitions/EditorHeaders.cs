using System.Globalization;
using CaseWorkflows.Engine.Text;
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

    public static string? Reason(HttpRequest request) =>
        Written(request, "X-Publish-Reason") is { } reason ? reason.Length > 1000 ? reason[..1000] : reason : null;

    /// <summary>Why runs are cancelled.</summary>
    public static string? CancelReason(HttpRequest request) => Written(request, "X-Cancel-Reason");

    public static void Write(HttpResponse response, DefinitionVersion version) =>
        response.Headers[Revision] = version.Revision.ToString(CultureInfo.InvariantCulture);

    /// <summary>Headers hold ASCII: what somebody has written comes escaped.</summary>
    private static string? Written(HttpRequest request, string header) =>
        request.Headers[header].ToString() is var text && SoundText.IsBlank(text) ? null : Uri.UnescapeDataString(text).Trim();

    private static string? Short(string? text) => SoundText.IsBlank(text) || text.Length > 200 ? null : text;
}
