namespace CaseWorkflows.Cases.Incidents;

/// <summary>The step that failed, as the drawing names it. Name is null when the version no longer has it.</summary>
public sealed record IncidentStep(string NodeId, string? Name, string? Activity)
{
    /// <summary>One that tells, by which it is, what was written in the case: for those who read it.</summary>
    public static readonly IncidentStep Hidden = new("", "Ett steg som inte visas", null);
}
