using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>What came of publishing.</summary>
/// <param name="Definition">The latest version after it.</param>
/// <param name="Findings">Everything the check had to say; errors are why it was refused.</param>
public sealed record RoutinePublication(StoredDefinition Definition, RoutinePublicationKind Kind, IReadOnlyList<Finding> Findings);
