using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Composition;

[Activity(Category = "Sammansättning", DisplayName = "Utför arbetsflöde", Description = "Startar ett annat arbetsflöde och kan vänta på dess resultat.", Kind = ActivityKind.Task, Order = 400)]
public sealed class ExecuteWorkflow : Activity
{
    public const string BookmarkName = "ExecuteWorkflow";

    [Input(DisplayName = "Arbetsflöde", UIHint = "workflow-definition-picker", Order = 1, Required = true)]
    public Input<string>? WorkflowDefinitionId { get; set; }

    [Input(DisplayName = "Korrelations-id", Order = 2, MaxLength = InputLengths.Word)]
    public Input<string>? CorrelationId { get; set; }

    [Input(DisplayName = "Indata", Order = 3)]
    public Input<IDictionary<string, object>>? Input { get; set; }

    [Input(DisplayName = "Vänta tills det är klart", Order = 4)]
    public Input<bool>? WaitForCompletion { get; set; }

    [Output(DisplayName = "Resultat", Description = "Status och utdata från arbetsflödet.")]
    public Output<object>? Result { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        // The journal tells of one step that ran: in Elsa the child runs inside it, here it runs beside it and the step waits unseen.
        if (ChildStart.Begin(c, c.Get(WorkflowDefinitionId), c.Get(Input), c.Get(CorrelationId), c.Get(WaitForCompletion) ? BookmarkName : null, quiet: true) is not { } child) return;
        if (c.Bookmarks.Count > 0) return;
        c.Set(Result, ChildStart.Describe(new ChildResult(child, State.WorkflowStatus.Running, State.WorkflowSubStatus.Pending, new Dictionary<string, object?>())));
        c.Complete();
    }

    protected internal override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        if (input is ChildResult result) c.Set(Result, ChildStart.Describe(result));
        c.Complete();
    }
}
