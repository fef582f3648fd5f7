using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Primitives;

[Activity(Category = "Grunder", DisplayName = "Rapportera fel", Description = "Stannar steget med ett fel som någon får ta hand om.", Order = 580)]
public sealed class Fault : Activity
{
    [Input(DisplayName = "Kod", Order = 1)]
    public Input<string>? Code { get; set; }

    [Input(DisplayName = "Kategori", Order = 2)]
    public Input<string>? Category { get; set; }

    [Input(DisplayName = "Feltyp", Order = 3)]
    public Input<string>? FaultType { get; set; }

    [Input(DisplayName = "Meddelande", Order = 4, MaxLength = InputLengths.Reason)]
    public Input<string>? Message { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        var message = c.Get(Message);
        var code = c.Get(Code);
        c.Fault(!string.IsNullOrEmpty(message) ? message : !string.IsNullOrEmpty(code) ? $"Fel {code}." : "Flödet rapporterade ett fel.");
    }
}
