using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Records on the case which governing document applies and whether it is valid (D-12). An expired document stops nothing.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Routing, Order = 30, DisplayName = "Rutinstatus",
    Description = "Noterar på ärendet vilken rutin som gäller, dess version och giltighet. En passerad rutin stoppar inget.")]
[Port("Done", DisplayName = "Klar")]
[Port(RoutineDocument.Valid)]
[Port(RoutineDocument.Expired)]
[Port(RoutineDocument.Unknown)]
public sealed class RoutineStatus : CodeActivity
{
    [Input(DisplayName = "Dokument-ID", UIHint = "dropdown", OptionsProvider = "routineDocuments", Order = 1, Required = true)]
    public Input<string>? DocumentId { get; set; }

    [Output(DisplayName = "Giltighet")]
    public Output<string>? Validity { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        var id = c.Get(DocumentId);
        var document = c.Scope().Reference.RoutineDocuments.Values
            .Where(d => d.DocumentId == id || d.Id == id).OrderByDescending(d => d.ValidFrom).FirstOrDefault();
        var validity = document?.ValidityOn(SwedishTime.LocalDate(c.Now)) ?? RoutineDocument.Unknown;
        if (c.Scope().Case is { Routine: null } record) record.Routine = new CaseRoutine(document?.DocumentId ?? id, document?.Version, validity);
        c.Set(Validity, validity);
        c.CompleteWithOutcomes("Done", validity);
    }
}
