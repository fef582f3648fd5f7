using Microsoft.AspNetCore.Mvc;

namespace CaseWorkflows.Host.Http;

/// <summary>Writes problem details (RFC 9457).</summary>
internal static class Problems
{
    public static async Task WriteAsync(HttpContext http, int status, string type, string title, string? detail = null)
    {
        http.Response.StatusCode = status;
        var service = http.RequestServices.GetRequiredService<IProblemDetailsService>();
        await service.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = http,
            ProblemDetails = new ProblemDetails { Status = status, Type = type, Title = title, Detail = detail },
        });
    }
}
