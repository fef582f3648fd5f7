namespace CaseWorkflows.Engine.Activities.Containers;

/// <summary>When a fork is done.</summary>
public enum ForkJoinMode
{
    WaitAny,
    WaitAll,
}
