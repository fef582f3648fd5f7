using Microsoft.AspNetCore.Mvc;

namespace CaseWorkflows.Host.Http;

/// <summary>
/// Problem details for who asks for something else, a browser that is led to the API among them: the library's own writer writes
/// nothing then, and what was to be a 404 became a 500.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => !context.HttpContext.Response.HasStarted;

    public async ValueTask WriteAsync(ProblemDetailsContext context) =>
        await context.HttpContext.Response.WriteAsJsonAsync(context.ProblemDetails, options: null, "application/problem+json");
}
