namespace CaseWorkflows.Runtime;

/// <summary>A way out of a step.</summary>
/// <param name="Outcome">The outcome, as the definition writes it.</param>
/// <param name="Next">Names of the steps it leads to; empty where it leads nowhere.</param>
public sealed record StepWay(string Outcome, IReadOnlyList<string> Next);
