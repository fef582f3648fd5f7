namespace CaseWorkflows.Cases.Database.Entities;

/// <summary>A role at a unit that may take the task; <see cref="Held"/> is role@unit.</summary>
internal sealed class TaskCandidateEntity
{
    public Guid TaskId { get; set; }

    public string Role { get; set; } = "";

    public string Unit { get; set; } = "";

    public string Held { get; set; } = "";
}
