namespace CaseWorkflows.Cases.Tasks;

/// <summary>An open task of the burst's case, as far as a routine needs to know.</summary>
public sealed record OpenTask(Guid Id, string Title, string? Assignee, IReadOnlyList<string> CandidatePersons, IReadOnlyList<TaskCandidate> Candidates)
{
    internal static TaskCandidate Candidate(string held) =>
        held.IndexOf('@', StringComparison.Ordinal) is var at ? new TaskCandidate(held[..at], held[(at + 1)..]) : throw new InvalidOperationException();
}
