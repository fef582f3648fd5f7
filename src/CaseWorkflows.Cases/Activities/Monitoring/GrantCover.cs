using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Gives colleagues the absent person's roles as cover for the time of the absence (ROLL-20, ROLL-21).</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Monitoring, Order = 20, DisplayName = "Ge bevakning", Description = "Ger kolleger den frånvarandes behörighet under frånvaron.")]
public sealed class GrantCover : CodeActivity
{
    [Input(DisplayName = "Frånvaro", Description = "Frånvarons id.", Order = 1, Required = true, MaxLength = InputLengths.Word)]
    public Input<string>? Absence { get; set; }

    [Input(DisplayName = "Frånvarande", Order = 2, Required = true, MaxLength = InputLengths.Word)]
    public Input<string>? Absent { get; set; }

    [Input(DisplayName = "Bevakas av", UIHint = "multitext", DefaultSyntax = "Object", Order = 3, Required = true)]
    public Input<object>? Persons { get; set; }

    [Input(DisplayName = "Från", Order = 4)]
    public Input<string>? From { get; set; }

    [Input(DisplayName = "Till", Order = 5)]
    public Input<string>? To { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        c.DemandNoCase();
        var absent = c.PersonId(c.Get(Absent)) ?? "";
        var from = IsoText.Date(c.Get(From));
        var to = IsoText.Date(c.Get(To));
        // A trial has no absence, and changes nobody's rights.
        var absence = c.Scope().Trial ? null : Registered(c, absent, from, to);
        c.Emit(new CoverGranted
        {
            AbsenceId = c.Get(Absence) ?? "", AbsentPerson = absent, CoverPersons = [.. c.Texts(Persons).Select(p => c.PersonId(p)!)],
            From = from ?? Later(SwedishTime.LocalDate(c.Now), absence?.From), To = to ?? absence?.To
        });
    }

    /// <summary>Others get somebody's roles because a manager, or the person, has told of an absence: of that person, and for that time.</summary>
    private Absence Registered(ActivityExecutionContext c, string absent, DateOnly? from, DateOnly? to)
    {
        if (c.Scope().Reference.Absences.GetValueOrDefault(c.Get(Absence) ?? "") is not { } absence || absence.Person != absent)
            throw new InvalidOperationException("Frånvaron är inte registrerad för personen. Bevakning ges bara för en registrerad frånvaro.");
        if (from < absence.From || to > absence.To) throw new InvalidOperationException("Bevakningen ligger utanför den registrerade frånvaron.");
        return absence;
    }

    private static DateOnly Later(DateOnly a, DateOnly? b) => b > a ? b.Value : a;
}
