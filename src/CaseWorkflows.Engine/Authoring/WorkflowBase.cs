using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>A workflow written in code. It yields the same definition JSON as one drawn in the designer.</summary>
public abstract class WorkflowBase
{
    protected abstract void Build(IWorkflowBuilder builder);

    /// <summary>The definition, given the registry that knows the activities used.</summary>
    public WorkflowDefinition ToDefinition(ActivityRegistry registry)
    {
        var builder = new WorkflowBuilder(GetType().Name);
        Build(builder);
        return builder.ToDefinition(registry);
    }
}
