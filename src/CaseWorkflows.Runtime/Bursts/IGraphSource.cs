using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Runtime;

/// <summary>Compiled definitions, cached: an answer that is in memory costs no round trip.</summary>
public interface IGraphSource
{
    ValueTask<WorkflowGraph?> FindPublishedAsync(string definitionId, CancellationToken ct);

    ValueTask<WorkflowGraph?> FindAsync(string definitionId, int version, CancellationToken ct);

    /// <summary>By version id; found as long as instances run on it, also when retracted or deleted.</summary>
    ValueTask<WorkflowGraph?> FindVersionAsync(string versionId, CancellationToken ct);

    /// <summary>Forgets which version is published: another host has published or retracted since.</summary>
    void Invalidate(string definitionId);
}
