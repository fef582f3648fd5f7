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
    int Revision);
