namespace CaseWorkflows.Cases.Organisation;

/// <summary>A governing document with its validity .</summary>
public sealed record RoutineDocument
{
    public required string Id { get; init; }

    public string? DocumentId { get; init; }

    public required string Title { get; init; }

    public string? Version { get; init; }

    public string DocType { get; init; } = "Rutin";

    public string? AppliesTo { get; init; }

    public string? Region { get; init; }

    /// <summary>Local dates, both inclusive.</summary>
    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    public DateOnly? DocumentDate { get; init; }

    public string? OwnerRole { get; init; }

    public string? ResponsibleRole { get; init; }

    public IReadOnlyList<string> ReviewerRoles { get; init; } = [];

    public string? ApproverRole { get; init; }

    public IReadOnlyList<string> WorkflowDefinitions { get; init; } = [];

    public IReadOnlyList<string> Revisions { get; init; } = [];

    public string? Text { get; init; }

    public const string Valid = "Gällande";
    public const string Expired = "Passerad";
    public const string Unknown = "Okänd";

    /// <summary>Gällande, Passerad or Okänd on a local date.</summary>
    public string ValidityOn(DateOnly date) =>
        ValidTo is null ? Unknown : date > ValidTo ? Expired : Valid;
}
