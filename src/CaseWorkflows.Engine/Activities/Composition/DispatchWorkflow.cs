using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Composition;

[Activity(Category = "Sammansättning", DisplayName = "Starta arbetsflöde vid sidan om", Description = "Startar ett annat arbetsflöde som går för sig; kan vänta tills det är klart.", Order = 410)]
public sealed class DispatchWorkflow : Activity
{
    public const string BookmarkName = "DispatchWorkflow";

    [Input(DisplayName = "Arbetsflöde", UIHint = "workflow-definition-picker", Order = 1, Required = true)]
    public Input<string>? WorkflowDefinitionId { get; set; }

    [Input(DisplayName = "Korrelations-id", Order = 2, MaxLength = InputLengths.Word)]
    public Input<string>? CorrelationId { get; set; }

    [Input(DisplayName = "Indata", Order = 3)]
    public Input<IDictionary<string, object>>? Input { get; set; }

    [Input(DisplayName = "Vänta tills det är klart", Order = 4)]
    public Input<bool>? WaitForCompletion { get; set; }

    [Output(DisplayName = "Resultat", Description = "Arbetsflödets utdata.")]
    public Output<object>? Result { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (ChildStart.Begin(c, c.Get(WorkflowDefinitionId), c.Get(Input), c.Get(CorrelationId), c.Get(WaitForCompletion) ? BookmarkName : null, quiet: false) is null) return;
        if (c.Bookmarks.Count == 0) c.Complete();
    }

    protected internal override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        if (input is ChildResult result) c.Set(Result, new Dictionary<string, object?>(result.Output, StringComparer.Ordinal));
        c.Complete();
    }
}
