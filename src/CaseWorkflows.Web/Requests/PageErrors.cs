using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using CaseWorkflows.Web.Errors;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CaseWorkflows.Web.Requests;

/// <summary>Turns whatever goes wrong with a page into a page in Swedish. Programs (other paths, other Accept) keep their problem details.</summary>
internal sealed class PageErrors(RequestDelegate next, CommandContexts contexts, PageFrames frames, RefusalLog refusals, ILogger<PageErrors> log)
{
    private static readonly string[] NotPages = ["/api", "/elsa", "/health", "/openapi", "/css", "/js", "/img"];

    public async Task InvokeAsync(HttpContext http)
    {
        if (!IsPage(http.Request))
        {
            await StudioAsync(http);
            return;
        }

        try
        {
            await next(http);
        }
        catch (Exception error) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            if (error is SignedOutException)
            {
                await http.SignOutAsync();
                http.Response.Redirect("/logga-in?returnUrl=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
                return;
            }

            http.Response.Clear();
            await ShowAsync(http, await StatusOfAsync(http, error), error is DomainException ? error.Message : error is BadHttpRequestException bad ? BadRequests.Words(bad) : null);
            return;
        }

        if (!http.Response.HasStarted && http.Response.StatusCode >= 400 && http.Response.ContentType is null) await ShowAsync(http, http.Response.StatusCode, null);
    }

    // Studio words its own errors; what an address of it cannot mean comes before Studio.
    private async Task StudioAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException bad) when (AsksForPage(http.Request) && !http.Response.HasStarted)
        {
            http.Response.Clear();
            await ShowAsync(http, bad.StatusCode, BadRequests.Words(bad));
        }
    }

    private async Task<int> StatusOfAsync(HttpContext http, Exception error)
    {
        switch (error)
        {
            case NotFoundException: return StatusCodes.Status404NotFound;
            case TooManyAttemptsException early:
                http.Response.Headers.RetryAfter = early.RetryAfter;
                return StatusCodes.Status429TooManyRequests;
            case ConflictException: return StatusCodes.Status409Conflict;
            case ValidationFailedException: return StatusCodes.Status400BadRequest;
            case BadHttpRequestException bad: return bad.StatusCode;
            case ForbiddenException refusal:
                if (await http.FindContextAsync(contexts) is { } context) await refusals.AddAsync(context, refusal, CancellationToken.None);
                return StatusCodes.Status403Forbidden;
            case var away when DatabaseUnavailableException.IsConnectionLoss(away):
                log.LogWarning("The database is away: {Reason}", away.GetBaseException().Message);
                http.Response.Headers.RetryAfter = "2";
                return StatusCodes.Status503ServiceUnavailable;
            default:
                log.LogError(error, "A page failed: {Path}", http.Request.Path);
                return StatusCodes.Status500InternalServerError;
        }
    }

    private async Task ShowAsync(HttpContext http, int status, string? detail)
    {
        // The frame itself needs the database; without it the page says so with an empty bar.
        PageFrame frame;
        try
        {
            frame = status >= 500 ? new PageFrame() : await frames.CreateAsync(http);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "No frame for an error page.");
            frame = new PageFrame();
        }

        var back = HttpMethods.IsGet(http.Request.Method) && status >= 500 ? http.Request.Path + http.Request.QueryString : null;
        await Pages.Render<ErrorPage>(new { Frame = frame, Status = status, Detail = detail, Back = back }, status).ExecuteAsync(http);
    }

    private static bool IsPage(HttpRequest request) =>
        AsksForPage(request) && (HttpMethods.IsPost(request.Method) || !request.Path.StartsWithSegments("/studio", StringComparison.OrdinalIgnoreCase));

    private static bool AsksForPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !NotPages.Any(p => request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));
}
