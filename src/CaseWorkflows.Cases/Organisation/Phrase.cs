namespace CaseWorkflows.Cases.Organisation;

/// <summary>A phrase template (frasmall). Placeholders are written <c>{namn}</c>.</summary>
public sealed record Phrase
{
    public required string Id { get; init; }

    public required string Key { get; init; }

    public string? Region { get; init; }

    public string? Unit { get; init; }

    /// <summary>Regional, Lokal or Personlig.</summary>
    public string Scope { get; init; } = "Regional";

    public string? Category { get; init; }

    public string? Title { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<string> RequiredPlaceholders { get; init; } = [];

    /// <summary>Utkast, Godkänd, Publicerad or Tillbakadragen.</summary>
    public string State { get; init; } = "Publicerad";

    public string? ApprovedByRole { get; init; }

    public string? PublishedByRole { get; init; }

    public bool AgreedWithOperation { get; init; }
}
