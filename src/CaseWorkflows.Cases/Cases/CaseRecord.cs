using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Cases;

/// <summary>A case as a burst or a request sees it. Inside a burst a mutable copy: what differs at the end is written and goes to the history.</summary>
public sealed record CaseRecord
{
    public required Guid Id { get; init; }

    public required string CaseNumber { get; init; }

    public required string Region { get; init; }

    public required string UnitId { get; set; }

    /// <summary>Changes only on acceptance or takeover (D1177-64, GAV-28).</summary>
    public required string ResponsibleUnitId { get; set; }

    /// <summary>Canonical code.</summary>
    public required string CaseType { get; set; }

    /// <summary>The name it arrived with .</summary>
    public string? Alias { get; init; }

    public string? Subtype { get; set; }

    public required string Channel { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>Of what came in with the external id; written once, not read with the case.</summary>
    internal byte[]? IntakeDigest { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public string Status { get; set; } = CaseStatus.Received;

    public string? CloseMode { get; set; }

    public SortedSet<string> Flags { get; init; } = new(StringComparer.Ordinal);

    public int? Priority { get; set; }

    public string? PriorityScale { get; set; }

    /// <summary>Null = unknown ("okänt").</summary>
    public int? Team { get; set; }

    public string? OwnerPerson { get; set; }

    public string? OwnerRole { get; set; }

    public string? OwnerUnit { get; set; }

    /// <summary>Units that have to do with the case, by id.</summary>
    public IEnumerable<string> Units => new[] { UnitId, ResponsibleUnitId, OwnerUnit }.OfType<string>().Distinct();

    public CaseClock Clock { get; set; } = new();

    public DateTimeOffset? FirstResponseAt { get; set; }

    /// <summary>First breach of a response clock; stays for the report when the flag is gone.</summary>
    public DateTimeOffset? BreachedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedBy { get; set; }

    public string? ClosedByRole { get; set; }

    public CaseRoutine? Routine { get; set; }

    public bool Trial { get; init; }

    public int Revision { get; init; }

    // The content below stands in a row of its own (payload), removable by rule.

    public CasePatient? Patient { get; set; }

    public CaseSender? Sender { get; init; }

    public string? Subject { get; init; }

    public string? Text { get; init; }

    /// <summary>The case type's own intake fields and what routines keep about the case.</summary>
    public JsonObject Fields { get; init; } = [];

    public bool IsClosed => ClosedAt is not null;

    public bool IsProtected => Patient?.ProtectedIdentity == CasePatient.Protected;

    /// <summary>What staff have found out about the patient's identity; the flag, and with it who sees the case (D-10), follows.</summary>
    public void SetProtectedIdentity(string value)
    {
        Patient = (Patient ?? new CasePatient()) with { ProtectedIdentity = value };
        FlagProtection();
    }

    /// <summary>Flag and patient say the same. Without a patient (removed by rule) the flag stays as it is.</summary>
    internal void FlagProtection()
    {
        if (IsProtected) Flags.Add(CaseFlag.ProtectedIdentity);
        else if (Patient is not null) Flags.Remove(CaseFlag.ProtectedIdentity);
    }

    /// <summary>A copy to compare with at the end of the burst.</summary>
    public CaseRecord Copy() => this with { Flags = new SortedSet<string>(Flags, StringComparer.Ordinal), Fields = (JsonObject)Fields.DeepClone() };
}
