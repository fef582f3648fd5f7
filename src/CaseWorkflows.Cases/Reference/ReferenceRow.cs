using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Reference;

/// <summary>One version of one reference document. Valid from and including <see cref="ValidFrom"/>, up to and not including <see cref="ValidTo"/>.</summary>
public sealed record ReferenceRow(
    string Kind,
    string Id,
    DateTimeOffset ValidFrom,
    DateTimeOffset? ValidTo,
    string? Region,
    JsonObject Data,
    int Revision)
{
    /// <summary>When it was written, in business time: of two rows that claim the same, the older keeps it.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Why the row is not used, in Swedish; null = it is.</summary>
    public string? Fault { get; init; }

    public bool HoldsAt(DateTimeOffset instant) => ValidFrom <= instant && (ValidTo is null || instant < ValidTo);

    /// <summary>Holds now, or will.</summary>
    public bool EndsAfter(DateTimeOffset instant) => ValidTo is null || (instant < ValidTo && ValidFrom < ValidTo);
}
