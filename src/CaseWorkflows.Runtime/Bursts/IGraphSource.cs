using CaseWorkflows.Engine.Graph;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Compiled definitions, cached: an answer that is in memory costs no round trip. Inside a transaction give its connection: what is not in memory is read on it.</summary>
public interface IGraphSource
{
    ValueTask<WorkflowGraph?> FindPublishedAsync(string definitionId, CancellationToken ct, NpgsqlConnection? connection = null);

    ValueTask<WorkflowGraph?> FindAsync(string definitionId, int version, CancellationToken ct);

    /// <summary>By version id; found as long as instances run on it, also when retracted or deleted.</summary>
    ValueTask<WorkflowGraph?> FindVersionAsync(string versionId, CancellationToken ct, NpgsqlConnection? connection = null);

    /// <summary>Forgets which version is published: another host has published or retracted since.</summary>
    void Invalidate(string definitionId);
}
