namespace CaseWorkflows.Cases.Database.Entities;

/// <summary>A task row as far as it decides who sees its case.</summary>
internal sealed class TaskEntity
{
    public Guid Id { get; set; }

    public Guid? CaseId { get; set; }

    public string Title { get; set; } = "";

    public string State { get; set; } = "";

    public string Unit { get; set; } = "";

    public string? Assignee { get; set; }

    public string? CompletedBy { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public string[] CandidatePersons { get; set; } = [];

    public bool Trial { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public List<TaskCandidateEntity> Candidates { get; set; } = [];
}
