using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Flags the case as escalated and tells the roles that shall act.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Handling, Order = 80, DisplayName = "Eskalera", Description = "Märker ärendet som eskalerat och aviserar dem som ska agera.")]
public sealed class Escalate : CodeActivity
{
    [Input(DisplayName = "Roller", UIHint = "checklist", OptionsProvider = "roles", DefaultSyntax = "Object", Order = 1, Required = true)]
    public Input<object>? Roles { get; set; }

    [Input(DisplayName = "Enheter", Description = "Tomt = ärendets ansvariga enhet.", UIHint = "multitext", OptionsProvider = "units", DefaultSyntax = "Object", Order = 2)]
    public Input<object>? Units { get; set; }

    [Input(DisplayName = "Orsak", Order = 3, MaxLength = InputLengths.Reason)]
    public Input<string>? Reason { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        var scope = c.Scope();
        var record = c.RequireCase();
        record.Flags.Add(CaseFlag.Escalated);
        c.History("Eskalerat", reason: c.Get(Reason));
        var units = c.Texts(Units).Select(c.OwnUnit).DefaultIfEmpty(record.ResponsibleUnitId);
        var roles = c.Texts(Roles).SelectMany(_ => units, (r, u) => new TaskCandidate(scope.Reference.FindRole(r)?.Code ?? r, u)).ToList();
        if (roles.Count == 0) return;
        c.Emit(new NoticeQueued
        {
            Roles = roles, Subject = "Eskalerat ärende", Text = "Eskalerat: {ärendenummer}, {ärendetyp}, {enhet}. {länk}", UnitId = record.ResponsibleUnitId, CaseId = record.Id
        });
    }
}
