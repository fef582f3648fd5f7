using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Gives colleagues the absent person's roles as cover for the time of the absence (ROLL-20, ROLL-21).</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Monitoring, Order = 20, DisplayName = "Ge bevakning", Description = "Ger kolleger den frånvarandes behörighet under frånvaron.")]
public sealed class GrantCover : CodeActivity
{
    [Input(DisplayName = "Frånvaro", Description = "Frånvarons id.", Order = 1, Required = true)]
    public Input<string>? Absence { get; set; }

    [Input(DisplayName = "Frånvarande", Order = 2, Required = true)]
    public Input<string>? Absent { get; set; }

    [Input(DisplayName = "Bevakas av", UIHint = "multitext", DefaultSyntax = "Object", Order = 3, Required = true)]
    public Input<object>? Persons { get; set; }

    [Input(DisplayName = "Från", Order = 4)]
    public Input<string>? From { get; set; }

    [Input(DisplayName = "Till", Order = 5)]
    public Input<string>? To { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        var from = IsoText.Date(c.Get(From)) ?? SwedishTime.LocalDate(c.Now);
        c.Emit(new CoverGranted
        {
            AbsenceId = c.Get(Absence) ?? "", AbsentPerson = c.PersonId(c.Get(Absent)) ?? "",
            CoverPersons = [.. c.Texts(Persons).Select(p => c.PersonId(p)!)], From = from, To = IsoText.Date(c.Get(To))
        });
    }
}
