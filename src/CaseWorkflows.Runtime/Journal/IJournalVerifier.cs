namespace CaseWorkflows.Runtime;

/// <summary>Verifies that the instances' journals are complete and unchanged: chains, data against digests, heads, daily anchors.</summary>
public interface IJournalVerifier
{
    /// <summary>Reads all of it in one consistent view; work may go on meanwhile. At most 1000 problems are listed.</summary>
    Task<JournalVerification> VerifyAsync(CancellationToken ct = default);

    /// <summary>Removes the data of an instance's journal by rule, leaving tombstones. Returns how many rows were emptied.</summary>
    Task<int> RemoveDataAsync(Guid instanceId, string by, string reason, CancellationToken ct = default);
}
