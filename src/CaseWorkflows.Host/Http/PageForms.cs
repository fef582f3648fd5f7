namespace CaseWorkflows.Host.Http;

/// <summary>Reads the form of every POST to a page before the page does anything: one that cannot be read is refused in one way, and changes nothing.</summary>
internal sealed class PageForms(RequestDelegate next)
{
    /// <summary>What programs call; they send JSON.</summary>
    private static readonly string[] NotPages = ["/api", "/elsa", "/health", "/openapi"];

    public async Task InvokeAsync(HttpContext http)
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint() is not null && !NotPages.Any(p => http.Request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase)))
            await http.Request.ReadFormAsync(http.RequestAborted);
        await next(http);
    }
}
