using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Web.CaseFile;

/// <summary>A page of cases with what was asked for.</summary>
public sealed record CasesModel
{
    public required IReadOnlyList<CaseListItem> Items { get; init; }

    public string? Next { get; init; }

    public int Moved { get; init; }

    public required DateTimeOffset Now { get; init; }

    public IReadOnlyList<FormOption> Units { get; init; } = [];

    public IReadOnlyList<FormOption> CaseTypes { get; init; } = [];

    public IReadOnlyList<string> Statuses { get; init; } = [];

    public string? Unit { get; init; }

    public string? CaseType { get; init; }

    public string? Status { get; init; }

    public string? Flag { get; init; }

    public string? Search { get; init; }

    public Func<string, string>? NameOf { get; init; }
}
