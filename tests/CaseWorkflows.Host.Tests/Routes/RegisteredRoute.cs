using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Host.Tests.Routes;

/// <summary>One method of one route that the host answers.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Pattern">As registered, for example <c>/api/cases/{id}</c>.</param>
internal sealed record RegisteredRoute(string Method, string Pattern)
{
    private static readonly string[] Aside =
    [
        "/actions/", "/descriptors/", "/scripting/", "/export", "/presence", "/sprak", "/update-references", "/journal", "/variables", "/tasks/{taskId}", "/granska", "/utkast", "/draft",
        "dispatch", "/execute",
    ];

    public bool Reads => Method is "GET" or "HEAD";

    public bool IsApi => Pattern.StartsWith("/api", StringComparison.Ordinal) || Pattern.StartsWith("/elsa/api", StringComparison.Ordinal);

    /// <summary>Streams and sockets never end by themselves.</summary>
    public bool NeverEnds => Pattern is "/api/events" || Pattern.StartsWith("/elsa/hubs", StringComparison.Ordinal);

    /// <summary>Limited by address: more than a few tries would be refused for their number.</summary>
    public bool SignsIn => Method == "POST" && Pattern is "/logga-in" or "/api/auth/token";

    /// <summary>Asks, or changes what no other call looks at, though it is no GET.</summary>
    public bool LeavesTheWorld => Reads || EndsSession || Pattern is "/elsa/api/workflow-instances" or "/api/cases" || Aside.Any(p => Pattern.Contains(p, StringComparison.Ordinal));

    /// <summary>Who calls it is signed out afterwards.</summary>
    public bool EndsSession => Pattern is "/logga-ut" or "/api/me/sign-out";

    public override string ToString() => $"{Method} {Pattern}";

    /// <summary>Every route that the host has registered, whoever registered it; the files that Studio and our pages are made of are one kind each.</summary>
    public static IReadOnlyList<RegisteredRoute> Of(IServiceProvider services) =>
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(m => new RegisteredRoute(m, "/" + e.RoutePattern.RawText!.Trim('/'))))
            .Where(r => r.Method != "HEAD" && !IsFile(r.Pattern))
            .Distinct().OrderBy(r => r.Pattern, StringComparer.Ordinal).ThenBy(r => r.Method, StringComparer.Ordinal),
    ];

    // Our own style sheets, scripts and pictures: the same for everybody.
    private static bool IsFile(string pattern) =>
        new[] { "/css/", "/js/", "/img/", "/studio/app/", "/studio/_framework/", "/studio/_content/" }.Any(p => pattern.StartsWith(p, StringComparison.Ordinal));
}
