using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Events;

[Activity(Category = "Händelser", DisplayName = "Be om en uppgift", Description = "Ber ett annat system göra något och väntar på svaret.", Order = 820)]
public sealed class RunTask : Activity
{
    /// <summary>Name of the bookmark; the key is the task's id.</summary>
    public const string BookmarkName = "RunTask";

    [Input(DisplayName = "Uppgift", Description = "Uppgiftens namn.", Order = 1, Required = true, MaxLength = InputLengths.Word)]
    public Input<string>? TaskName { get; set; }

    [Input(DisplayName = "Innehåll", Order = 2)]
    public Input<IDictionary<string, object>>? Payload { get; set; }

    [Output(DisplayName = "Uppgiftens id")]
    public Output<string>? TaskId { get; set; }

    [Output(DisplayName = "Svar")]
    public Output<object>? Result { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        var taskId = c.ActivityInstanceId;
        var name = c.Get(TaskName) ?? "";
        c.Set(TaskId, taskId);
        var bookmark = c.CreateBookmark(BookmarkName, taskId, new Dictionary<string, object?> { ["taskId"] = taskId, ["taskName"] = name });
        c.Emit(new TaskRequested(bookmark.Id, taskId, name, c.Get(Payload)));
    }

    protected internal override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        if (input is null)
        {
            c.Fault("Uppgiften återupptogs utan svar.");
            return;
        }

        c.Set(Result, input);
        c.Complete();
    }
}
