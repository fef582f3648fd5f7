namespace CaseWorkflows.Runtime.Definitions;

/// <summary>One version of a routine without its document.</summary>
public sealed record DefinitionVersion
{
    /// <summary>The version's own id (sixteen hexadecimal digits, or what an imported file says).</summary>
    public required string Id { get; init; }
    public required string DefinitionId { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public string? ToolVersion { get; init; }
    /// <summary>The region whose process owners may edit it.</summary>
    public required string Region { get; init; }
    public bool IsLatest { get; init; }
    public bool IsPublished { get; init; }
    public bool IsReadonly { get; init; }
    public bool IsSystem { get; init; }
    public bool IsTrial { get; init; }
    public bool UsableAsActivity { get; init; }
    public int StepCount { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public required string UpdatedBy { get; init; }
    public required string UpdatedByName { get; init; }
    /// <summary>When it was first published; from then on its document never changes.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
    /// <summary>Counts the saves of this version; a save built on an older revision by somebody else is refused.</summary>
    public long Revision { get; init; }
    /// <summary>Ids of those who have written in it since its routine was last read by a second person.</summary>
    public IReadOnlyList<string> WrittenBy { get; init; } = [];
    /// <summary>A second person has read it: it came with the product, or somebody has published it who has not written in it; and so with what stands in it as steps.</summary>
    public bool Reviewed { get; init; }

    /// <summary>
    /// Whether a step may stand for this very version: it has been published, so that it was checked and never changes again, and it is of the
    /// routine that the step names beside it.
    /// </summary>
    public bool MayStandFor(string? definitionId) => PublishedAt is not null && !IsTrial && (string.IsNullOrEmpty(definitionId) || definitionId == DefinitionId);

    /// <summary>A routine stands as a step in its own region's routines, a shared one in all.</summary>
    public bool MayUse(DefinitionVersion other) => other.Region == Region || other.Region == DefinitionFiles.Shared;
}
