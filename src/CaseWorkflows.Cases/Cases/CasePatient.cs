namespace CaseWorkflows.Cases.Cases;

/// <summary>The patient of a case. Kept apart from the case row, so that it can be removed by rule.</summary>
public sealed record CasePatient
{
    public const string NotChecked = "Ej kontrollerad";
    public const string Protected = "Ja – skyddad";
    public const string NotProtected = "Ja – ej skyddad";

    public string? PersonalNumber { get; init; }

    /// <summary>Personnummer, Samordningsnummer or Reservnummer; follows from the number.</summary>
    public string? NumberKind => Intake.PersonalNumber.KindOf(PersonalNumber);

    public string? Name { get; init; }

    public DateOnly? BirthDate { get; init; }

    public string? HomeRegion { get; init; }

    public bool? Digital { get; init; }

    public string ProtectedIdentity { get; init; } = NotChecked;

    public string? Phone { get; init; }
}
