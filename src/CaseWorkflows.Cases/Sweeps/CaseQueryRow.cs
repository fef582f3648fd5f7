namespace CaseWorkflows.Cases.Sweeps;

/// <summary>
/// One case that a sweep found, with why (Swedish). Protected: its unit narrows access to protected identities, and this is one. Unit: only
/// where it was asked for.
/// </summary>
public sealed record CaseQueryRow(
    Guid CaseId,
    string CaseNumber,
    string CaseType,
    string Status,
    string? OwnerPerson,
    string? OwnerRole,
    DateTimeOffset? Due,
    DateTimeOffset ArrivedAt,
    IReadOnlyList<string> Flags,
    IReadOnlyList<string> Reasons,
    bool Protected = false,
    string? Unit = null);
