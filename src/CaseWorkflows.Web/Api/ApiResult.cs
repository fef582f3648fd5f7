using System.Text;
using System.Text.Json;
using CaseWorkflows.Cases.Reference;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Web.Api;

/// <summary>An answer with a JSON body. Kept as a value, so that the idempotency filter can store what was answered.</summary>
internal sealed class ApiResult(int status, object? body, string? location = null) : IResult
{
    public int Status => status;

    public string? Location => location;

    public string? Text { get; } = body is null ? null : body as string ?? JsonSerializer.Serialize(body, body.GetType(), DomainJson.Options);

    public static ApiResult Ok(object body) => new(StatusCodes.Status200OK, body);

    public static ApiResult Created(object body, string location) => new(StatusCodes.Status201Created, body, location);

    public static ApiResult Accepted(object body) => new(StatusCodes.Status202Accepted, body);

    public static ApiResult NoContent() => new(StatusCodes.Status204NoContent, null);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        if (location is not null) response.Headers.Location = location;
        if (Text is null) return;
        response.ContentType = "application/json; charset=utf-8";
        await response.WriteAsync(Text, Encoding.UTF8, httpContext.RequestAborted);
    }
}
