using Microsoft.AspNetCore.RateLimiting;

namespace CaseWorkflows.Host.Http;

/// <summary>
/// A caller that hangs up costs no more than one that waits. Every query that is called off takes PostgreSQL a connection and a process of its own, so
/// somebody who leaves hundreds of calls a second would take the database from everybody; a read that is nearly done is cheaper done. What was refused
/// to somebody who has left is in the history all the same. Streams end at once.
/// </summary>
internal sealed class LeftCalls(RequestDelegate next)
{
    /// <summary>How long a call goes on that nobody waits for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task InvokeAsync(HttpContext http)
    {
        // What stays open, and what answers whether the host lives: it stands in no line either (CallsAtOnce).
        if (http.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null)
        {
            await next(http);
            return;
        }

        var gone = http.RequestAborted;
        using var over = new CancellationTokenSource();
        await using var leaving = gone.UnsafeRegister(static state => ((CancellationTokenSource)state!).CancelAfter(Patience), over);
        http.RequestAborted = over.Token;
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestAborted = gone;
        }
    }
}
