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

    [Input(DisplayName = "Ta bort", UIHint = "checklist", DefaultSyntax = "Object", Options = [CaseFlag.DueToday, CaseFlag.Overdue, CaseFlag.Escalated, CaseFlag.Resumed, CaseFlag.HandoverRequested, CaseFlag.NewReply], Order = 2)]
    public Input<object>? Remove { get; set; }

    private const string Lifted = "märket Skyddad identitet tas inte bort av en rutin. Det gör den som får se ärendet, i en uppgift.";

    protected override void Validate(ActivityValidation v)
    {
        if (ActivityValidation.LiteralTexts(Remove)?.Contains(CaseFlag.ProtectedIdentity) == true) v.Problem(nameof(Remove), "flag-protected", Lifted);
        if (ActivityValidation.IsMissing(Add) && ActivityValidation.IsMissing(Remove)) v.Problem(nameof(Add), "flags-missing", "inget märke är valt. Välj minst ett att sätta eller ta bort.");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        var record = c.RequireCase();
        List<string> add = [.. c.Texts(Add)], remove = [.. c.Texts(Remove)];
        // Marks are shown to those who may not read the case too.
        if (ActivityValidation.LiteralTexts(Add) is null && !add.TrueForAll(CaseFlag.All.Contains)) throw new InvalidOperationException("Märket som steget räknar ut är inte ett av de kända.");
        // A process owner writes routines for patients whom he may not see: none of them loses its protection by that.
        if (remove.Contains(CaseFlag.ProtectedIdentity)) throw new InvalidOperationException(string.Concat("M", Lifted.AsSpan(1)));
        record.Flags.ExceptWith(remove);
        record.Flags.UnionWith(add);
        // This flag is the patient's: it follows what is known of the identity.
        if (add.Contains(CaseFlag.ProtectedIdentity)) record.SetProtectedIdentity(CasePatient.Protected);
    }
}
