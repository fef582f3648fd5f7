namespace CaseWorkflows.Host.Http;

/// <summary>
/// HEAD is GET whose body is not sent (RFC 9110 §9.3.2): monitors and link checkers ask by it. The server leaves the body out by itself. Stands before
/// routing, which knows GET alone. What stays open has no end to tell.
/// </summary>
internal sealed class HeadCalls(RequestDelegate next)
{
    private static readonly PathString[] Streams = ["/api/events", "/elsa/hubs"];

    public Task InvokeAsync(HttpContext http)
    {
        if (HttpMethods.IsHead(http.Request.Method) && !Streams.Any(p => http.Request.Path.StartsWithSegments(p))) http.Request.Method = HttpMethods.Get;
        return next(http);
    }
}
