using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Web.Forms;

namespace CaseWorkflows.Web.Incidents;

/// <summary>One incident with the form for deciding about it.</summary>
public sealed record IncidentModel
{
    public required IncidentItem Item { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The reason, and which way to go on where there are several.</summary>
    public required FormState Form { get; init; }

    /// <summary>The run may be looked at in Studio.</summary>
    public bool MayOpenRun { get; init; }

    public Func<string, string>? NameOf { get; init; }
}
