namespace CaseWorkflows.Host.Verbs.Torture;

/// <summary>What a run came to; no faults means that nothing was lost and nothing happened twice.</summary>
public sealed record TortureResult(string Summary, IReadOnlyList<string> Faults, int Kills, int AcknowledgedCases, int AcknowledgedCompletions);
