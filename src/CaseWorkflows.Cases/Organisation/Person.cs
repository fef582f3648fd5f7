using System.Text.Json.Serialization;
using CaseWorkflows.Cases.Calendars;

namespace CaseWorkflows.Cases.Organisation;

/// <summary>A staff member or an integration client.</summary>
public sealed record Person
{
    public required string Id { get; init; }

    public string? UserName { get; init; }

    public string? HsaId { get; init; }

    public string? Profession { get; init; }

    public required string DisplayName { get; init; }

    public string? Title { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Email { get; init; }

    /// <summary>E-postavisering is switched on (ONK-38).</summary>
    [JsonPropertyName("ePostavisering")]
    public bool EmailNotice { get; init; }

    [JsonPropertyName("tjänstetelefon")]
    public string? Phone { get; init; }

    [JsonPropertyName("utbildad")]
    public DateOnly? TrainedOn { get; init; }

    public DateOnly? EmployedFrom { get; init; }

    public DateOnly? EmployedTo { get; init; }

    public IReadOnlyList<int> Teams { get; init; } = [];

    /// <summary>Region whose administrators may give a first role to somebody who holds none; null = the system administrator's to do.</summary>
    public string? Region { get; init; }

    /// <summary>person or integration.</summary>
    public string Kind { get; init; } = "person";

    /// <summary>An integration's own channels: the cases that it delivers and reads. A star stands for every channel.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Employed at that time: before and after nobody signs in, and nothing of a session works.</summary>
    public bool WorksAt(DateTimeOffset now) => SwedishTime.LocalDate(now) is var day && !(EmployedTo < day) && !(EmployedFrom > day);

    public const string EveryChannel = "*";

    /// <summary>Name as notices and history show it: the user name where there is one.</summary>
    [JsonIgnore]
    public string ShortName => UserName ?? Id;
}
