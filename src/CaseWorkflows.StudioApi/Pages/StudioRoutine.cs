namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The routine that a page is about.</summary>
public sealed record StudioRoutine(string DefinitionId, string Name)
{
    public string Address(string page) => $"/studio/workflows/definitions/{Uri.EscapeDataString(DefinitionId)}/{page}";
}
