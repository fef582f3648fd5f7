using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Files;

/// <summary>What the check had to say of one file.</summary>
public sealed record FileFindings(string Path, IReadOnlyList<Finding> Findings);
