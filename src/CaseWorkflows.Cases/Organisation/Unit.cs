using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CaseWorkflows.Cases.Organisation;

/// <summary>A unit, or an operation (verksamhet) that holds units. JSON names are those of the domain model.</summary>
public sealed record Unit
{
    public required string Id { get; init; }

    /// <summary>The part before the comma; the rest of the document's line is the address.</summary>
    public required string Name { get; init; }

    public string? Address { get; init; }

    public required string Region { get; init; }

    [JsonPropertyName("förvaltning")]
    public string? Administration { get; init; }

    /// <summary>Id of the operation this unit belongs to; null for an operation itself.</summary>
    [JsonPropertyName("verksamhet")]
    public string? Operation { get; init; }

    /// <summary>mottagning, avdelning, vårdcentral, verksamhet, …</summary>
    public string? Type { get; init; }

    public string? HsaId { get; init; }

    [JsonPropertyName("aktiverad")]
    public bool Activated { get; init; } = true;

    [JsonPropertyName("privat")]
    public bool Private { get; init; }

    [JsonPropertyName("jour")]
    public bool OnCall { get; init; }

    [JsonPropertyName("webbtidboken")]
    public bool OnlineBooking { get; init; }

    [JsonPropertyName("utfärdarIntyg")]
    public bool IssuesCertificates { get; init; }

    [JsonPropertyName("vårdTillVårdNummer")]
    public string? CareLinePhone { get; init; }

    [JsonPropertyName("uniteAssignTelefon")]
    public string? NoticePhone { get; init; }

    [JsonPropertyName("övrigInformation")]
    public string? ContactCardInformation { get; init; }

    /// <summary>First part of the unit's case numbers.</summary>
    public string? NumberPrefix { get; init; }

    public IReadOnlyList<string> CollaboratingUnits { get; init; } = [];

    public IReadOnlyList<string> Professions { get; init; } = [];

    public string? CoordinatingRole { get; init; }

    public IReadOnlyList<CaseTypeOffer> CaseTypeOffers { get; init; } = [];

    public JsonObject? Settings { get; init; }
}
