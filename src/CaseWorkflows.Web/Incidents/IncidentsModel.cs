using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Cases.Notices;

namespace CaseWorkflows.Web.Incidents;

/// <summary>A page of open incidents with what was asked for.</summary>
public sealed record IncidentsModel
{
    public required IReadOnlyList<IncidentItem> Items { get; init; }

    public string? Next { get; init; }

    public int Moved { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Units to choose among; empty when there is only one.</summary>
    public IReadOnlyList<FormOption> Units { get; init; } = [];

    public string? Unit { get; init; }

    /// <summary>Notices and messages that did not reach their recipient.</summary>
    public IReadOnlyList<UndeliveredItem> Undelivered { get; init; } = [];
}
