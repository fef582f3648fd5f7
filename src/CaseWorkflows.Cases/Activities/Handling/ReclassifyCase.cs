using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Gives the case another case type. Arrival time is kept, so a new limit counts from it; without a type nothing happens.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Handling, Order = 50, DisplayName = "Ändra ärendetyp", Description = "Ger ärendet en annan ärendetyp. Ankomsttiden behålls. Utan ärendetyp händer inget.")]
public sealed class ReclassifyCase : CodeActivity
{
    [Input(DisplayName = "Ärendetyp", UIHint = "dropdown", OptionsProvider = "case-types", Order = 1, Required = true)]
    public Input<string>? CaseType { get; set; }

    [Input(DisplayName = "Status", UIHint = "singleline", OptionsProvider = "statuses", Order = 2)]
    public Input<string>? Status { get; set; }

    [Input(DisplayName = "Händelse i historiken", DefaultValue = "Ärendetyp ändrad", Order = 3)]
    public Input<string>? Event { get; set; }

    [Input(DisplayName = "Motivering", Order = 4, MaxLength = InputLengths.Reason)]
    public Input<string>? Reason { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        var record = c.RequireCase();
        var view = c.Scope().Reference;
        if (c.Get(CaseType) is not { Length: > 0 } text) return;
        var type = view.FindCaseType(text, view.FindUnit(record.ResponsibleUnitId)) ?? throw new ValidationFailedException("ärendetyp", "Ärendetypen finns inte.");
        if (type.Code != record.CaseType)
        {
            c.History(c.Get(Event) ?? CaseChanges.TypeChanged, view.CaseTypes.GetValueOrDefault(record.CaseType)?.Name, type.Name, c.Get(Reason), computed: ActivityValidation.IsComputed(Event), tells: CaseChanges.TypeChanged);
            record.CaseType = type.Code;
        }

        if (c.StatusWord(Status) is { Length: > 0 } status) record.Status = status;
    }
}
