namespace CaseWorkflows.Runtime;

/// <summary>What a verification looked at and found.</summary>
public sealed record JournalVerification(long Streams, long Rows, long Entries, int Tombstones, int Anchors, IReadOnlyList<JournalProblem> Problems)
{
    public bool Intact => Problems.Count == 0;
}
