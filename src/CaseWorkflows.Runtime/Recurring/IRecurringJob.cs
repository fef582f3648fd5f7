namespace CaseWorkflows.Runtime;

/// <summary>Work of the host itself that comes back by the clock (business time, Europe/Stockholm); on one host at a time, under a lease.</summary>
public interface IRecurringJob
{
    /// <summary>Unique and stable: the queue row's key.</summary>
    string Name { get; }

    /// <summary>Quartz cron expression with seconds. Missed occurrences run once.</summary>
    string Cron { get; }

    Task RunAsync(DateTimeOffset now, CancellationToken ct);
}
