using System.Text.Json.Serialization;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Cases.Organisation;

/// <summary>A case type with its canonical code and the names it goes by .</summary>
public sealed record CaseType
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Regions whose base offer holds it.</summary>
    [JsonPropertyName("basutbud")]
    public IReadOnlyList<string> BaseOffer { get; init; } = [];

    /// <summary>Only units of these administrations (förvaltningar) or regions may offer it; empty = all.</summary>
    public IReadOnlyList<string> OnlyWithin { get; init; } = [];

    /// <summary>Swedish refusal when somebody activates it elsewhere.</summary>
    public string? OnlyWithinMessage { get; init; }

    /// <summary>Intake fields of the type, with the same rules as a task's form.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>Whether cases of the type carry a priority (D1177-35).</summary>
    public bool HasPriority { get; init; } = true;
}
