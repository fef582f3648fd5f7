namespace CaseWorkflows.Engine.State;

public enum WorkflowStatus
{
    Running,
    Finished,
}
