using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Events;

[Activity(Category = "Händelser", DisplayName = "Invänta händelse", Description = "Väntar på en namngiven händelse, eller startar flödet när den kommer.", Kind = ActivityKind.Trigger, Order = 800)]
public sealed class Event : Activity, IEventTrigger
{
    /// <summary>Name of the bookmarks that published events resume; the key is the event's name.</summary>
    public const string BookmarkName = "Event";

    [Input(DisplayName = "Händelse", Description = "Händelsens namn.", Required = true, MaxLength = InputLengths.Word)]
    public Input<string>? EventName { get; set; }

    [Output(DisplayName = "Innehåll", Description = "Det som kom med händelsen.")]
    public Output<object>? Result { get; set; }

    string IEventTrigger.EventName(TriggerContext c) => c.Get(EventName) ?? "";

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (c.IsTriggerOfWorkflow)
        {
            c.Set(Result, c.TriggerPayload ?? c.WorkflowInput.GetValueOrDefault("Payload"));
            c.Complete();
            return;
        }

        if (c.Get(EventName) is { Length: > 0 } name) c.CreateBookmark(BookmarkName, name, new Dictionary<string, object?> { ["eventName"] = name });
        else c.Fault("Händelsens namn saknas.");
    }

    protected internal override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        c.Set(Result, input);
        c.Complete();
    }
}
