using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CaseWorkflows.Web.Api;

/// <summary>Turns the domain's refusals into problem details; a 403 is audited first (D-14).</summary>
internal sealed class DomainExceptionHandler(CommandContexts contexts, RefusalLog refusals, IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var details = exception switch
        {
            ValidationFailedException invalid => Problem(StatusCodes.Status400BadRequest, "validation", invalid.Message, ("errors", invalid.Errors)),
            ForbiddenException => Problem(StatusCodes.Status403Forbidden, "forbidden", exception.Message),
            NotFoundException => Problem(StatusCodes.Status404NotFound, "not-found", exception.Message),
            ConflictException { Field: { } field } taken =>
                Problem(StatusCodes.Status409Conflict, taken.Type, taken.Message, ("errors", new Dictionary<string, string[]> { [field] = [taken.Message] })),
            TooManyAttemptsException => Problem(StatusCodes.Status429TooManyRequests, "too-many-attempts", exception.Message),
            ConflictException conflict => Problem(StatusCodes.Status409Conflict, conflict.Type, conflict.Message),
            ClockBackwardsException => Problem(StatusCodes.Status409Conflict, ConflictTypes.ClockBackwards, exception.Message),
            _ => null
        };
        if (details is null || httpContext.Response.HasStarted) return false;
        if (exception is ForbiddenException forbidden && await httpContext.FindCommandContextAsync(contexts) is { } context)
            await refusals.AddAsync(context, forbidden, CancellationToken.None);
        if (exception is TooManyAttemptsException early) httpContext.Response.Headers.RetryAfter = early.RetryAfter;
        httpContext.Response.StatusCode = details.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = details, Exception = exception });
    }

    private static ProblemDetails Problem(int status, string type, string title, params (string Name, object Value)[] more)
    {
        var details = new ProblemDetails { Status = status, Type = type, Title = title };
        foreach (var (name, value) in more) details.Extensions[name] = value;
        return details;
    }
}
