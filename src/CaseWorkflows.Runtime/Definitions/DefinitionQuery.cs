namespace CaseWorkflows.Runtime.Definitions;

/// <summary>What a list of routines should hold; an empty filter means no filter.</summary>
public sealed record DefinitionQuery
{
    public VersionOptions Versions { get; init; } = VersionOptions.All;
    public IReadOnlyList<string> DefinitionIds { get; init; } = [];
    /// <summary>Version ids; when given, frozen trial copies and deleted versions are found too.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
    public string? SearchTerm { get; init; }
    public bool? IsSystem { get; init; }
    public bool? UsableAsActivity { get; init; }
    /// <summary>Regions to look in; null is all of them.</summary>
    public IReadOnlyCollection<string>? Regions { get; init; }
    /// <summary>Created, Name or Version.</summary>
    public string? OrderBy { get; init; }
    public bool Descending { get; init; }
    /// <summary>Zero-based; null is everything.</summary>
    public int? Page { get; init; }
    public int? PageSize { get; init; }
}
