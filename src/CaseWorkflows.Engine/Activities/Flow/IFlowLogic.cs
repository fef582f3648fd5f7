using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Flow;

/// <summary>How a flowchart goes on when one of its steps has ended.</summary>
internal interface IFlowLogic
{
    void Completed(Flowchart flowchart, ActivityExecutionContext c, ActivityExecutionContext child);

    void Cancelled(Flowchart flowchart, ActivityExecutionContext c, ActivityExecutionContext child);
}
