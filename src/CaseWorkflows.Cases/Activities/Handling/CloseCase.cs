using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Closes the case and tells its other routines. Who closed it and in which role stands on the case (ONK-28).</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Handling, Order = 60, DisplayName = "Avsluta ärendet", Description = "Avslutar ärendet med en slutstatus. Rutiner som bevakar ärendet får veta det.")]
public sealed class CloseCase : CodeActivity
{
    private static readonly HashSet<string> Modes = ["med svar", "med standardsvar", "utan svar", "per telefon", "ej svar", "biljett", "hänvisad", "Stöd och service"];

    [Input(DisplayName = "Slutstatus", UIHint = "singleline", OptionsProvider = "statuses", DefaultValue = "Avslutat med svar", Order = 1)]
    public Input<string>? Status { get; set; }

    [Input(DisplayName = "Avslutssätt", UIHint = "dropdown", Options = ["med svar", "med standardsvar", "utan svar", "per telefon", "ej svar", "biljett", "hänvisad", "Stöd och service"], DefaultValue = "med svar", Order = 2)]
    public Input<string>? Mode { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        var record = c.RequireCase();
        var answer = c.LastAnswer();
        record.Status = c.StatusWord(Status) ?? "Avslutat";
        record.CloseMode = c.Word(Mode, Modes, "Avslutssättet");
        record.ClosedAt = c.Now;
        record.ClosedBy = answer?.Person ?? c.Scope().Actor.PersonId;
        record.ClosedByRole = answer?.Role;
        record.Flags.ExceptWith([CaseFlag.DueToday, CaseFlag.Overdue, CaseFlag.NewReply]);
        c.History(CaseChanges.Closed, after: record.Status, reason: record.ClosedByRole is { } role ? $"Avslutat av {c.Scope().Reference.RoleName(role)}" : null, tells: CaseChanges.Closed);
        c.Publish(DomainEvents.CaseClosed);
    }
}
