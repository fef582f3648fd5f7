using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Runtime;
using CaseWorkflows.Web.Requests;
using Microsoft.AspNetCore.Diagnostics;

namespace CaseWorkflows.Host.Http;

/// <summary>What no domain knows about: the database is away, or the request cannot be read. The rest of the errors are other handlers'.</summary>
internal sealed class HostExceptionHandler(ILogger<HostExceptionHandler> log) : IExceptionHandler
{
    /// <summary>Seconds after which a client may try again. A restart of PostgreSQL takes about that long.</summary>
    private const string RetryAfter = "2";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.Response.HasStarted) return false;
        if (exception is BadHttpRequestException bad)
        {
            if (bad is FormRefusedException) await Problems.WriteAsync(httpContext, bad.StatusCode, "bad-form", "Formuläret går inte att läsa.", bad.Message);
            else if (bad.StatusCode == StatusCodes.Status413PayloadTooLarge) await BodyLimit.WriteAsync(httpContext, bad);
            else await Problems.WriteAsync(httpContext, bad.StatusCode, "bad-request", "Anropet går inte att läsa.", Detail(bad));
            return true;
        }

        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        if (!DatabaseUnavailableException.IsConnectionLoss(exception) && !DatabaseRetry.IsUndone(exception)) return false;
        log.LogWarning("The database is away: {Reason}", exception.GetBaseException().Message);
        httpContext.Response.Headers.RetryAfter = RetryAfter;
        await Problems.WriteAsync(httpContext, StatusCodes.Status503ServiceUnavailable, "database-away",
            "Databasen svarar inte just nu.", "Inget har gått förlorat. Försök igen om en liten stund.");
        return true;
    }

    /// <summary>The JSON reader says where it stopped, which is what the caller needs.</summary>
    private static string Detail(BadHttpRequestException bad) =>
        bad.InnerException is System.Text.Json.JsonException json
            ? $"Felaktig JSON vid {json.Path ?? "$"} (rad {json.LineNumber + 1}, tecken {json.BytePositionInLine + 1})."
            : BadRequests.Words(bad);
}
