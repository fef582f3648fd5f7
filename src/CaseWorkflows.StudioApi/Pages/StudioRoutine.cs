namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The routine that a page is about, and what the person may do with it.</summary>
public sealed record StudioRoutine(string DefinitionId, string Name)
{
    public string Region { get; init; } = "";
    public bool CanEdit { get; init; }
    public bool CanPublish { get; init; }

    /// <summary>The address of one of the routine's pages.</summary>
    public string Address(string page) => $"/studio/workflows/definitions/{Uri.EscapeDataString(DefinitionId)}/{page}";
}
