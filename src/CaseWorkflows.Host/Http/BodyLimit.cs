using System.Globalization;
using CaseWorkflows.Host.Configuration;
using Microsoft.AspNetCore.Http.Features;

namespace CaseWorkflows.Host.Http;

/// <summary>Refuses a body that is too large before anything reads it.</summary>
internal sealed class BodyLimit(RequestDelegate next, HostSettings settings)
{
    private const long MostDrained = 256L * 1024 * 1024;

    public async Task InvokeAsync(HttpContext http)
    {
        await DemandAsync(http, settings.MaxRequestBody);
        await next(http);
    }

    /// <summary>
    /// A body that says it is larger is read to its end and thrown away (up to a bound): a client that is still sending would otherwise see
    /// a broken connection and never the answer. One that does not say is stopped where it passes the limit.
    /// </summary>
    /// <exception cref="BodyTooLargeException">It is too large.</exception>
    public static async Task DemandAsync(HttpContext http, long most)
    {
        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (http.Request.ContentLength is not { } length || length <= most)
        {
            if (limit is { IsReadOnly: false }) limit.MaxRequestBodySize = most;
            return;
        }

        if (length <= MostDrained && limit is { IsReadOnly: false })
        {
            limit.MaxRequestBodySize = length;
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        }

        throw new BodyTooLargeException(most);
    }

    public static Task WriteAsync(HttpContext http, BadHttpRequestException refused)
    {
        var most = (refused as BodyTooLargeException)?.Limit ?? http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0;
        const int Kilo = 1024;
        var said = most < Kilo * Kilo ? $"{most / Kilo} kB" : (most / (double)(Kilo * Kilo)).ToString("0.#", CultureInfo.GetCultureInfo("sv-SE")) + " MB";
        return Problems.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "body-too-large",
            "Det som skickades är för stort.", $"Ett anrop får innehålla högst {said}. Dela upp bilagorna eller förminska dem.");
    }
}
