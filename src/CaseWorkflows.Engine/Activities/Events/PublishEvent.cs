using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Events;

[Activity(Category = "Händelser", DisplayName = "Skicka händelse", Description = "Skickar en händelse som väcker flöden som väntar på den och startar flöden som börjar med den.", Order = 810)]
public sealed class PublishEvent : CodeActivity
{
    [Input(DisplayName = "Händelse", Description = "Händelsens namn.", Order = 1, Required = true, MaxLength = InputLengths.Word)]
    public Input<string>? EventName { get; set; }

    [Input(DisplayName = "Korrelations-id", Description = "Bara flöden med detta id väcks. Tomt: från ett ärendes rutin väcks ärendets egna, från andra rutiner bara de som inte hör till något ärende.", Order = 2, MaxLength = InputLengths.Word)]
    public Input<string>? CorrelationId { get; set; }

    [Input(DisplayName = "Bara detta flöde", Order = 3)]
    public Input<bool>? IsLocalEvent { get; set; }

    [Input(DisplayName = "Innehåll", Order = 4)]
    public Input<object>? Payload { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (c.Get(EventName) is not { Length: > 0 } name)
        {
            c.Fault("Händelsens namn saknas.");
            return;
        }

        if (c.TryAmbient<ReservedEvents>()?.Contains(name) == true)
        {
            c.Fault($"Händelsen ”{name}” skickas bara av systemet självt. Välj ett annat namn.");
            return;
        }

        var correlation = c.Get(CorrelationId);
        c.Emit(new EventPublished(name, string.IsNullOrEmpty(correlation) ? null : correlation, c.Get(Payload), c.Get(IsLocalEvent)) { Depth = c.Workflow.DepthOfNext(waits: false) });
    }
}
