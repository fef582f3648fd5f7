namespace CaseWorkflows.Runtime;

/// <summary>Business time: arrival, due, timers, effective dates, audit. Never for leases, tokens or retries: those follow the machine.</summary>
public interface IBusinessClock
{
    ClockMode Mode { get; }

    /// <summary>In manual mode one round trip.</summary>
    ValueTask<DateTimeOffset> NowAsync(CancellationToken ct = default);
}
