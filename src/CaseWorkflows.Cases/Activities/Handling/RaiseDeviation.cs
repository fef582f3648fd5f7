using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Records a deviation from the routine; where it goes depends on whether a patient is concerned (ONK-42, ROLL-25).</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Handling, Order = 90, DisplayName = "Avvikelse", Description = "Noterar ett avsteg från rutinen och väljer väg efter om det är kopplat till en patient.")]
[Port("Patient")]
[Port("Övrigt")]
public sealed class RaiseDeviation : CodeActivity
{
    [Input(DisplayName = "Kopplat till patient", UIHint = "checkbox", Order = 1)]
    public Input<bool>? PatientLinked { get; set; }

    [Input(DisplayName = "Text", UIHint = "multiline", Order = 2)]
    public Input<string>? Text { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        if (ActivityValidation.IsMissing(PatientLinked)) v.Problem(nameof(PatientLinked), "required", "det framgår inte om avvikelsen gäller en patient. Hämta ’Kopplat till patient’ från uppgiftens svar.");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        c.DemandNothingOfOthers();
        var linked = c.Get(PatientLinked);
        c.History("Avvikelse", after: linked ? "Kopplad till patient" : "Övrig", reason: c.Get(Text));
        c.CompleteWithOutcomes(linked ? "Patient" : "Övrigt");
    }
}
