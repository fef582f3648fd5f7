using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Writes an entry in the case's or the unit's audit history.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Handling, Order = 70, DisplayName = "Anteckna i historiken", Description = "Skriver en händelse i ärendets historik, eller i enhetens när rutinen inte har något ärende.")]
public sealed class HistoryNote : CodeActivity
{
    [Input(DisplayName = "Händelse", Order = 1, Required = true)]
    public Input<string>? Event { get; set; }

    [Input(DisplayName = "Värde", Order = 2, MaxLength = InputLengths.Reason)]
    public Input<string>? Value { get; set; }

    [Input(DisplayName = "Skäl", Order = 3, MaxLength = InputLengths.Reason)]
    public Input<string>? Reason { get; set; }

    [Input(DisplayName = "Regel", Order = 4, MaxLength = InputLengths.Word)]
    public Input<string>? Rule { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        c.DemandNothingOfOthers();
        c.History(c.Get(Event) ?? "Anteckning", after: c.Get(Value), computed: ActivityValidation.IsComputed(Event) || ActivityValidation.IsComputed(Value), reason: c.Get(Reason),
            rule: !ActivityValidation.IsComputed(Rule) ? c.Get(Rule) : throw new InvalidOperationException("Regeln räknas ut i ett uttryck. Skriv regelns nummer."));
    }
}
