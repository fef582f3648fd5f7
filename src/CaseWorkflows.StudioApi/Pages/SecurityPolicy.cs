using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>What a page under /studio may load. The other headers are those of every answer.</summary>
internal static class SecurityPolicy
{
    // The two hashes are inline scripts that Studio's editor and instance list bring themselves: their keyboard shortcuts.
    private const string Studio =
        "default-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; manifest-src 'self'; " +
        "script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='; " +
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:";

    private const string Plain =
        "default-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'";

    public static void Apply(HttpResponse response, bool studio) => response.Headers.ContentSecurityPolicy = studio ? Studio : Plain;
}
