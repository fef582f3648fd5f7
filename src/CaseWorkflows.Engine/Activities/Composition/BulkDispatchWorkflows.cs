using System.Collections;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Activities.Composition;

[Activity(Category = "Sammansättning", DisplayName = "Starta arbetsflöde för var och en", Description = "Startar ett arbetsflöde för var och en i en lista; kan vänta tills alla är klara.", Kind = ActivityKind.Task, Order = 420)]
[Port("Completed", DisplayName = "Alla klara")]
[Port("Canceled", DisplayName = "Någon avbruten")]
[Port("Done", DisplayName = "Klar")]
public sealed class BulkDispatchWorkflows : Activity
{
    public const string BookmarkName = "BulkDispatchWorkflows";

    [Input(DisplayName = "Arbetsflöde", UIHint = "workflow-definition-picker", Order = 1, Required = true)]
    public Input<string>? WorkflowDefinitionId { get; set; }

    [Input(DisplayName = "Lista", Description = "Ett arbetsflöde startas för var och en.", Order = 2, Required = true)]
    public Input<object>? Items { get; set; }

    [Input(DisplayName = "Indatans namn", Description = "Det namn under vilket arbetsflödet får sin del av listan.", DefaultValue = "Item", Order = 3, MaxLength = InputLengths.Word)]
    public Input<string>? DefaultItemInputKey { get; set; }

    [Input(DisplayName = "Korrelations-id", Description = "Ett uttryck som räknas ut för var och en.", AutoEvaluate = false, Order = 4, MaxLength = InputLengths.Word)]
    public Input<string>? CorrelationIdFunction { get; set; }

    [Input(DisplayName = "Gemensam indata", Order = 5)]
    public Input<IDictionary<string, object>>? Input { get; set; }

    [Input(DisplayName = "Vänta tills alla är klara", DefaultValue = true, Order = 6)]
    public Input<bool>? WaitForCompletion { get; set; }

    [Port("ChildCompleted", DisplayName = "När en är klar")]
    public Activity? WhenChildCompleted { get; set; }

    [Port("ChildFaulted", DisplayName = "När en har fallerat")]
    public Activity? WhenChildFaulted { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (c.Get(WorkflowDefinitionId) is not { Length: > 0 } definitionId)
        {
            c.Fault("Inget arbetsflöde är valt.");
            return;
        }

        var found = ChildStart.Find(c, definitionId);
        if (found == PublishedDefinition.Elsewhere)
        {
            c.Fault(ChildStart.MissingText(definitionId));
            return;
        }

        // Elsa starts nothing when the definition is missing, and goes on.
        var items = found == PublishedDefinition.Startable ? ListOf(c.Get(Items)) : [];
        var wait = c.Get(WaitForCompletion) && items.Count > 0;
        if (items.Count > 0) ChildStart.Demand(c, definitionId, items.Count, wait);
        var bookmark = wait ? c.CreateBookmark(BookmarkName, null, new Dictionary<string, object?> { ["workflowDefinitionId"] = definitionId, ["count"] = items.Count }, autoBurn: false) : null;
        c.Counter = items.Count;
        var key = c.Get(DefaultItemInputKey) is { Length: > 0 } k ? k : "Item";
        foreach (var item in items)
        {
            var input = ChildStart.Copy(c.Get(Input));
            if (item is IReadOnlyDictionary<string, object?> own) foreach (var (name, value) in own) input[name] = value;
            else input[key] = item;
            (c.Variables ??= new Dictionary<string, object?>(StringComparer.Ordinal))[key] = item;
            ChildStart.Emit(c, definitionId, input, c.Get(CorrelationIdFunction), bookmark?.Id);
        }

        if (!wait) c.CompleteWithOutcomes("Done");
    }

    protected internal override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        c.Counter--;
        if (input is ChildResult result)
        {
            if (result.SubStatus == WorkflowSubStatus.Cancelled) c.State["cancelled"] = true;
            var next = result.SubStatus == WorkflowSubStatus.Faulted ? WhenChildFaulted : WhenChildCompleted;
            if (next is not null) c.Schedule(next, null, new Dictionary<string, object?> { ["ChildResult"] = ChildStart.Describe(result) });
        }

        EndWhenAllAreDone(c);
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child) => EndWhenAllAreDone(c);

    private static void EndWhenAllAreDone(ActivityExecutionContext c)
    {
        if (c.Counter > 0 || c.HasPendingWork) return;
        foreach (var bookmark in c.Bookmarks) c.BurnBookmark(bookmark.Id);
        c.CompleteWithOutcomes(c.State["cancelled"] is true ? "Canceled" : "Completed", "Done");
    }

    private static List<object?> ListOf(object? value) => value switch
    {
        null => [],
        string s => Values.ConvertTo<List<object?>>(s) ?? [],
        IDictionary => [value],
        IEnumerable e => [.. e.Cast<object?>()],
        _ => [value],
    };
}
