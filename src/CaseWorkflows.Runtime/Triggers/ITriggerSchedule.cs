using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>The coming starts of scheduled triggers.</summary>
public interface ITriggerSchedule
{
    /// <summary>Computes all coming starts anew; call it when a change of the data they follow from (opening hours, units) is committed.</summary>
    /// <remarks>Everything asked for by <see cref="Append"/> until then is done with it.</remarks>
    Task RescheduleAsync(CancellationToken ct = default);

    /// <summary>Asks for it in the transaction that changes the data, so that it comes about also when the host dies before it has called.</summary>
    void Append(NpgsqlBatch batch, DateTimeOffset now);
}
