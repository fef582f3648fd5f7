using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Rights;

/// <summary>What one person may do with routines and their instances.</summary>
public sealed record RoutineAccess
{
    public required string PersonId { get; init; }

    public required string PersonName { get; init; }

    /// <summary>Regions whose routines and instances may be looked at.</summary>
    public IReadOnlySet<string> ReadRegions { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> EditRegions { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> PublishRegions { get; init; } = new HashSet<string>();

    /// <summary>May use activities that run code or reach outside, and may run anything.</summary>
    public bool IsDeveloper { get; init; }

    /// <summary>The API key, not a person.</summary>
    public bool IsAutomation { get; init; }

    /// <summary>The person's call; null for the API key.</summary>
    internal CommandContext? Caller { get; init; }

    /// <summary>May use such steps in the region's routines, and reads what their runs hold (but for protected identities).</summary>
    public bool Develops(string region) => IsDeveloper && EditRegions.Contains(region);

    /// <summary>Whose runs it reads (but for protected identities).</summary>
    public IReadOnlyCollection<string> DevelopedRegions => IsDeveloper ? [.. EditRegions] : [];

    /// <summary>Reads what the runs of every visible region hold.</summary>
    public bool DevelopsEverywhere => VisibleRegions.All(Develops);

    /// <summary>May open Studio at all; nobody else knows that it exists.</summary>
    public bool CanRead => ReadRegions.Count > 0;

    public bool CanEditAnything => EditRegions.Count > 0;

    /// <summary>Shared routines are seen by everybody who sees any.</summary>
    public bool CanReadRegion(string region) => ReadRegions.Contains(region) || (CanRead && region == DefinitionFiles.Shared);

    public bool CanEdit(string region) => EditRegions.Contains(region);

    public bool CanPublish(string region) => PublishRegions.Contains(region);

    /// <summary>For a WHERE: every region to look in.</summary>
    public IReadOnlyCollection<string> VisibleRegions => [.. ReadRegions, DefinitionFiles.Shared];

    /// <summary>Where a new routine belongs: the person's only region, else the shared ones when allowed, else the first.</summary>
    public string HomeRegion =>
        EditRegions.Count(r => r != DefinitionFiles.Shared) == 1 ? EditRegions.First(r => r != DefinitionFiles.Shared)
        : EditRegions.Contains(DefinitionFiles.Shared) ? DefinitionFiles.Shared
        : EditRegions.Order(StringComparer.Ordinal).FirstOrDefault() ?? DefinitionFiles.Shared;

    public DefinitionChange Change(DateTimeOffset at, string? reason = null) => new(PersonId, PersonName, at, reason);
}
