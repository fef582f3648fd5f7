using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>The first burst of an instance, from a caller or from the queue.</summary>
internal sealed record StartRequest
{
    public required StartWorkflow Start { get; init; }

    public Guid? Root { get; init; }

    /// <summary>The queue item that this carries out; locked first, removed in the same transaction unless <see cref="KeepItem"/>.</summary>
    public QueueItem? Item { get; init; }

    /// <summary>The item stays for its next occurrence, moved by <see cref="AppendWrites"/>.</summary>
    public bool KeepItem { get; init; }

    /// <summary>More statements for the same transaction.</summary>
    public Action<NpgsqlBatch, DateTimeOffset>? AppendWrites { get; init; }
}
