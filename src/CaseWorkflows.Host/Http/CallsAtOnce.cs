using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using CaseWorkflows.Host.Authentication;

namespace CaseWorkflows.Host.Http;

/// <summary>
/// So many calls of one session run at a time, and so many wait for their turn, the first come first: one caller's hundreds take no turn from another's one.
/// Endpoints that stay open (streams, sockets) and health are marked with <c>DisableRateLimiting</c>.
/// </summary>
internal static class CallsAtOnce
{
    private const int MostWaiting = 500;

    /// <param name="most">At a time, on this host.</param>
    public static void AddCallsAtOnce(this IServiceCollection services, int most) => services.AddRateLimiter(o =>
    {
        o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetConcurrencyLimiter(
            CallerOf(http), _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = MostWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));
        o.OnRejected = static async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "1";
            await Problems.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "too-many-calls",
                "För många anrop på en gång.", $"Fler än {MostWaiting} anrop från samma inloggning väntar på sin tur. Försök igen om en liten stund.");
        };
    });

    /// <summary>What the call is signed in by, before anybody has looked whether it holds; else where it comes from.</summary>
    private static string CallerOf(HttpContext http)
    {
        var shown = http.Request.Headers.Authorization.ToString() is { Length: > 0 } bearer ? bearer : http.Request.Cookies[AuthenticationSetup.CookieName];
        return string.IsNullOrEmpty(shown) ? $"{http.Connection.RemoteIpAddress}" : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(shown)));
    }
}
