namespace CaseWorkflows.Runtime.Definitions;

/// <summary>One kept save of a draft, recoverable for thirty days.</summary>
/// <param name="Kind">saved, or refused when the store did not take it.</param>
public sealed record DraftSave(long Id, string DefinitionId, string VersionId, int Version, long Revision, string Kind,
    DateTimeOffset SavedAt, string SavedBy, string SavedByName, int StepCount);
