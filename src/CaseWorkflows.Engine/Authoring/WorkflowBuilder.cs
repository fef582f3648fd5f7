using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Authoring;

internal sealed class WorkflowBuilder : IWorkflowBuilder
{
    public WorkflowBuilder(string definitionId)
    {
        DefinitionId = definitionId;
    }

    public string DefinitionId { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public int Version { get; set; } = 1;

    public Activity? Root { get; set; }

    public Variable<T> WithVariable<T>(string name, T? value = default) => throw new NotImplementedException();

    public void WithInput<T>(string name, string? displayName = null) => throw new NotImplementedException();

    public void WithOutput<T>(string name, string? displayName = null) => throw new NotImplementedException();

    public void ContinueWithIncidents() => throw new NotImplementedException();

    public WorkflowDefinition ToDefinition(ActivityRegistry registry) => throw new NotImplementedException();
}
