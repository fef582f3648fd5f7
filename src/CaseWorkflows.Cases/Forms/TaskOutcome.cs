namespace CaseWorkflows.Cases.Forms;

/// <summary>One way to complete a task; <see cref="Name"/> is exactly the text on the button.</summary>
public sealed record TaskOutcome(string Name)
{
    public bool Preselected { get; init; }

    /// <summary>Swedish reason why the outcome cannot be chosen now; null when it can.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Beside the routine's own ways, e.g. a deliberate deviation: ordinary required fields are not demanded for it.</summary>
    public bool Secondary { get; init; }

    /// <summary>Only these role codes may choose it; null = every candidate.</summary>
    public IReadOnlyList<string>? Roles { get; init; }
}
