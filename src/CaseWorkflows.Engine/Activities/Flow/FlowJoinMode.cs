namespace CaseWorkflows.Engine.Activities.Flow;

/// <summary>What a join waits for.</summary>
public enum FlowJoinMode
{
    WaitAny,
    WaitAll,
    WaitAllActive,
}
