namespace CaseWorkflows.Cases.Tests.Access;

/// <summary>Two regions with units, people, roles with dates, cover, cases and tasks. Ids begin with the world's own letters, so that many share a database.</summary>
internal sealed record World
{
    public required string Id { get; init; }

    public required IReadOnlyList<WorldUnit> Units { get; init; }

    public required IReadOnlyList<WorldPerson> People { get; init; }

    public required IReadOnlyList<WorldCase> Cases { get; init; }

    public required IReadOnlyList<WorldTask> Tasks { get; init; }

    /// <summary>What is tried, beside the lists: person, way and target by index.</summary>
    public required IReadOnlyList<(int Person, int Way, int Target)> Tries { get; init; }

    public IReadOnlyList<string> Regions => [Id + "a", Id + "b"];

    public override string ToString() => string.Join('\n', [
        .. Units.Select(u => u.ToString()), .. People.Select(p => $"{p.Id} {p.Kind} team {p.Team} channels [{string.Join(", ", p.Channels)}]: {string.Join("; ", p.Roles)}"),
        .. Cases.Select(c => c.ToString()), .. Tasks.Select(t => $"{t} persons [{string.Join(", ", t.CandidatePersons)}] roles [{string.Join(", ", t.CandidateRoles)}]")]);
}

internal sealed record WorldUnit(string Id, string Region, string? Operation, bool Narrows);

/// <summary>A role at a place (unit, operation, region) from and to a day, counted from today; null = without end on that side.</summary>
internal sealed record WorldRole(string Role, string Place, int? From, int? To, string? CoverFor)
{
    public bool IsNow => (From is null || From <= 0) && (To is null || To >= 0);
}

internal sealed record WorldPerson(string Id, string Kind, int? Team, IReadOnlyList<string> Channels, IReadOnlyList<WorldRole> Roles);

internal sealed record WorldCase(
    Guid Id, string Number, string Region, string Unit, string ResponsibleUnit, string? Owner, string? OwnerUnit, string Channel, bool Protected, bool Trial, string? Starter, bool Closed)
{
    /// <summary>A word that stands in no other case.</summary>
    public string Word => "hemlig" + Id.ToString("N")[^12..];

    public Guid Attachment { get; } = Guid.NewGuid();
}

internal sealed record WorldTask(
    Guid Id, Guid? Case, string Region, string Unit, string State, string? Assignee, IReadOnlyList<string> CandidatePersons, IReadOnlyList<string> CandidateRoles,
    string? CompletedBy, bool Trial, string? Starter, bool TakeOverByTeam, bool Parked, bool Sealed)
{
    public string Word => "uppgiftstext" + Id.ToString("N")[^12..];

    public bool IsActive => State is "Öppen" or "Tagen" or "Låst";
}
