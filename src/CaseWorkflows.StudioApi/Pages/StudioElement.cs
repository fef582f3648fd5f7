namespace CaseWorkflows.StudioApi.Pages;

/// <summary>One of Studio's custom elements and what it is to show. Only one may live on a page.</summary>
public sealed record StudioElement(string Tag, string? DefinitionId = null, string? InstanceId = null, string? Step = null)
{
    public const string DefinitionList = "elsa-workflow-definition-list";
    public const string DefinitionEditor = "elsa-workflow-definition-editor";
    public const string InstanceList = "elsa-workflow-instance-list";
    public const string InstanceViewer = "elsa-workflow-instance-viewer";
}
