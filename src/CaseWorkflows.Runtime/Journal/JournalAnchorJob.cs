using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Anchors the days gone by; some hours after midnight, when no transaction of the day before can still be open.</summary>
internal sealed class JournalAnchorJob : IRecurringJob
{
    private readonly NpgsqlDataSource _data;

    public JournalAnchorJob(NpgsqlDataSource data) => _data = data;

    public string Name => "journal-anchor";

    public string Cron => "0 30 4 * * ?";

    public Task RunAsync(DateTimeOffset now, CancellationToken ct) => JournalAnchors.AnchorAsync(_data, now, ct);
}
