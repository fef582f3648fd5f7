namespace CaseWorkflows.Cases.Database.Entities;

/// <summary>What a resident wrote, as far as lists show or search it.</summary>
internal sealed class CaseContentEntity
{
    public Guid CaseId { get; set; }

    public string? Subject { get; set; }

    /// <summary>Made by the database from name, personal number, subject and fields, in lower case.</summary>
    public string Search { get; set; } = "";
}
