using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Web.Forms;

namespace CaseWorkflows.Web.Register;

/// <summary>The form for a case that staff register by hand. The unit and the type come first: the type decides the other fields.</summary>
public sealed record RegisterModel
{
    public IReadOnlyList<FormOption> Units { get; init; } = [];

    public IReadOnlyList<FormOption> CaseTypes { get; init; } = [];

    public string? Unit { get; init; }

    public string? CaseType { get; init; }

    /// <summary>Everything but unit and type; empty until both are chosen.</summary>
    public required FormState Form { get; init; }

    public required string RequestKey { get; init; }
}
