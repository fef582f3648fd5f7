namespace CaseWorkflows.StudioApi.Files;

/// <summary>What became of the files that an empty database starts with; all zero and empty when there were routines already.</summary>
/// <param name="Refused">Files that were not published, each with its errors.</param>
/// <param name="Affected">Files that were, and start one of those.</param>
public sealed record SeededRoutines(int Published, IReadOnlyList<FileFindings> Refused, IReadOnlyList<FileFindings> Affected);
