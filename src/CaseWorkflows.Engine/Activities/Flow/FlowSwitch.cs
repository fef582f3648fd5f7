using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Flow;

[Activity(Category = "Förgrening", DisplayName = "Flera vägar", Description = "Prövar villkor i ordning och går den väg, eller de vägar, som stämmer; annars Default.", Order = 110)]
[Port("Default", DisplayName = "Annars")]
public sealed class FlowSwitch : Activity
{
    private (string Label, Input<bool> Condition)[] _cases = [];

    [Input(DisplayName = "Vägar", Description = "Varje väg har ett namn och ett villkor.", UIHint = "flow-switch-editor", DefaultSyntax = "JavaScript", Required = true)]
    public JsonArray? Cases { get; set; }

    [Input(DisplayName = "Antal", Description = "Den första som stämmer, eller alla som stämmer.", Options = ["MatchFirst|Den första", "MatchAny|Alla som stämmer"], DefaultValue = "MatchFirst")]
    public Input<SwitchMode>? Mode { get; set; }

    internal override void Bind(ActivityBinder b) => _cases = [.. (Cases ?? []).OfType<JsonObject>().Select((o, i) =>
    {
        var label = o.Text("label") ?? "";
        return (label, b.Input<bool>(o["condition"], $"case{i}", label, $"{b.Path}.cases[{i}].condition", slot: false));
    })];

    protected internal override void Execute(ActivityExecutionContext c)
    {
        var any = c.Get(Mode) == SwitchMode.MatchAny;
        var outcomes = new List<string>();
        foreach (var (label, condition) in _cases)
        {
            if (!c.Get(condition)) continue;
            outcomes.Add(label);
            if (!any) break;
        }

        c.CompleteWithOutcomes(outcomes.Count == 0 ? ["Default"] : [.. outcomes]);
    }
}
