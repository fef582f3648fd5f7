using System.Diagnostics;

namespace CaseWorkflows.Testing;

/// <summary>
/// The round trips to PostgreSQL that one flow of calls makes, with their SQL: every command or batch that Npgsql sends on behalf of
/// whoever holds this, also inside the host when the call goes through HTTP. BEGIN travels with the first statement of a transaction
/// and COMMIT is the last of a burst's batch, so neither is one of its own. What the host does meanwhile for others is not counted.
/// </summary>
public sealed class RoundTrips : IDisposable
{
    private readonly List<string> _statements = [];
    private readonly ActivityListener _listener;
    private readonly Activity _flow;

    private RoundTrips()
    {
        _flow = new Activity("round trips").SetIdFormat(ActivityIdFormat.W3C).Start();
        var trace = _flow.TraceId;
        _listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                if (a.TraceId != trace || a.Source.Name != "Npgsql") return;
                lock (_statements) _statements.Add(a.TagObjects.FirstOrDefault(t => t.Key is "db.query.text" or "db.statement").Value?.ToString() ?? a.DisplayName);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>SQL of each, in the order in which they were answered.</summary>
    public IReadOnlyList<string> Statements
    {
        get
        {
            lock (_statements) return [.. _statements];
        }
    }

    /// <summary>Counts until disposed, in the caller's flow.</summary>
    public static RoundTrips Count() => new();

    public void Dispose()
    {
        _flow.Stop();
        _listener.Dispose();
    }
}
