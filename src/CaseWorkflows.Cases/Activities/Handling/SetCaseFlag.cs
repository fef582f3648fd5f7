using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Puts flags on a case and takes flags off it.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Handling, Order = 20, DisplayName = "Märk ärendet", Description = "Sätter och tar bort märken, t.ex. Förfaller idag.")]
public sealed class SetCaseFlag : CodeActivity
{
    [Input(DisplayName = "Sätt", UIHint = "checklist", DefaultSyntax = "Object", Options = [CaseFlag.DueToday, CaseFlag.Overdue, CaseFlag.Escalated, CaseFlag.Resumed, CaseFlag.HandoverRequested, CaseFlag.ProtectedIdentity, CaseFlag.NewReply], Order = 1)]
    public Input<object>? Add { get; set; }

    [Input(DisplayName = "Ta bort", UIHint = "checklist", DefaultSyntax = "Object", Options = [CaseFlag.DueToday, CaseFlag.Overdue, CaseFlag.Escalated, CaseFlag.Resumed, CaseFlag.HandoverRequested, CaseFlag.ProtectedIdentity, CaseFlag.NewReply], Order = 2)]
    public Input<object>? Remove { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        if (ActivityValidation.IsMissing(Add) && ActivityValidation.IsMissing(Remove)) v.Problem(nameof(Add), "flags-missing", "inget märke är valt. Välj minst ett att sätta eller ta bort.");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        var flags = c.RequireCase().Flags;
        flags.ExceptWith(c.Texts(Remove));
        flags.UnionWith(c.Texts(Add));
    }
}
