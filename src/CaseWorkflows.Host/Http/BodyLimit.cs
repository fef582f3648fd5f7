using System.Globalization;
using CaseWorkflows.Host.Configuration;
using Microsoft.AspNetCore.Http.Features;

namespace CaseWorkflows.Host.Http;

/// <summary>
/// Answers a body that is too large with 413 and a sentence. The body is read to its end and thrown away first (up to a
/// bound): a client that is still sending would otherwise see a broken connection and never the answer.
/// </summary>
internal sealed class BodyLimit(RequestDelegate next, HostSettings settings)
{
    private const long MostDrained = 256L * 1024 * 1024;

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.ContentLength is not { } length || length <= settings.MaxRequestBody)
        {
            await next(http);
            return;
        }

        if (length <= MostDrained && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = length;
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        }

        await WriteAsync(http, settings);
    }

    public static Task WriteAsync(HttpContext http, HostSettings settings)
    {
        var megabytes = (settings.MaxRequestBody / (1024.0 * 1024)).ToString("0.#", CultureInfo.GetCultureInfo("sv-SE"));
        return Problems.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "body-too-large",
            "Det som skickades är för stort.", $"Ett anrop får innehålla högst {megabytes} MB. Dela upp bilagorna eller förminska dem.");
    }
}
