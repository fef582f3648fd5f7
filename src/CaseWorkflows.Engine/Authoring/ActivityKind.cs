namespace CaseWorkflows.Engine.Authoring;

/// <summary>What an activity is to the designer: a trigger can start a workflow, a job runs outside the transaction.</summary>
public enum ActivityKind
{
    Action,
    Trigger,
    Job,
    Task,
}
