namespace CaseWorkflows.Runtime;

/// <summary>What a verification looked at and found.</summary>
public sealed record JournalVerification(long Streams, long Rows, long Entries, int Tombstones, int Anchors, IReadOnlyList<JournalProblem> Problems)
{
    public bool Intact => Problems.Count == 0;

    /// <summary>Verifies a database without a running host.</summary>
    public static Task<JournalVerification> OfAsync(Npgsql.NpgsqlDataSource database, CancellationToken ct = default) =>
        new JournalVerifier(database, new BusinessClock(database, new WorkflowRuntimeOptions())).VerifyAsync(ct);
}
