using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Activities.Flow;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Containers;

[Activity(Category = "Förgrening", DisplayName = "Välj", Description = "Prövar villkor i ordning och gör det som hör till det som stämmer.", Order = 210)]
public sealed class Switch : Activity
{
    private (Input<bool> Condition, Activity? Activity)[] _cases = [];

    [Input(DisplayName = "Fall", Description = "Varje fall har ett namn, ett villkor och ett steg.", UIHint = "switch-editor", DefaultSyntax = "JavaScript", Required = true)]
    public JsonArray? Cases { get; set; }

    [Input(DisplayName = "Antal", Description = "Det första som stämmer, eller alla som stämmer.", Options = ["MatchFirst|Det första", "MatchAny|Alla som stämmer"], DefaultValue = "MatchFirst")]
    public Input<SwitchMode>? Mode { get; set; }

    [Port(DisplayName = "Annars")]
    public Activity? Default { get; set; }

    [Output(DisplayName = "Utfall")]
    public Output<object>? Output { get; set; }

    internal override void Bind(ActivityBinder b) => _cases = [.. (Cases ?? []).OfType<JsonObject>().Select((o, i) =>
        (b.Input<bool>(o["condition"], $"case{i}", o.Text("label") ?? "", $"{b.Path}.cases[{i}].condition", slot: false), b.Child(o["activity"], $"{b.Path}.cases[{i}].activity")))];

    protected internal override void Execute(ActivityExecutionContext c)
    {
        var any = c.Get(Mode) == SwitchMode.MatchAny;
        var matched = false;
        foreach (var (condition, activity) in _cases)
        {
            if (!c.Get(condition)) continue;
            matched = true;
            if (activity is not null) c.Schedule(activity);
            if (!any) break;
        }

        if (!matched && Default is not null) c.Schedule(Default);
        if (!c.HasPendingWork) c.Complete();
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        if (!c.HasPendingWork) c.Complete();
    }
}
