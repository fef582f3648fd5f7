using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Reference;

/// <summary>A setting's value for a unit, an operation, a region or "*" (everywhere); the nearest wins.</summary>
public sealed record SettingRecord
{
    public required string Key { get; init; }

    public string Scope { get; init; } = "*";

    public JsonNode? Value { get; init; }

    public string? Note { get; init; }
}
