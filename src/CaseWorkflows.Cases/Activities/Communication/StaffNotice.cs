using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Notifies staff by the region's channel, without patient data (D-10).</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Communication, Order = 20, DisplayName = "Avisera personal",
    Description = "Skickar en avisering till roller, personer eller den som har ärendet. Innehåller bara enhet, ärendenummer, ärendetyp och länk.")]
[Port("Skickat")]
[Port("Ingen kanal")]
public sealed class StaffNotice : CodeActivity
{
    private const string DefaultText = "{ärendenummer}, {ärendetyp}, {enhet}. {länk}";

    // Protected identity: not even the clinic or the kind of case goes out (exceptions of D-10).
    private const string ProtectedText = "{ärendenummer} behöver ses över. {länk}";

    [Input(DisplayName = "Mottagare", UIHint = "dropdown", Options = ["Roller|Roller på enheten", "Personer|Personer", "Ägare|Den som äger ärendet", "Uppgifter|Den som har ärendets öppna uppgifter"], DefaultValue = "Roller", Order = 1)]
    public Input<string>? To { get; set; }

    [Input(DisplayName = "Roller", UIHint = "checklist", OptionsProvider = "roles", DefaultSyntax = "Object", Order = 2)]
    public Input<object>? Roles { get; set; }

    [Input(DisplayName = "Personer", UIHint = "multitext", DefaultSyntax = "Object", Order = 3)]
    public Input<object>? Persons { get; set; }

    [Input(DisplayName = "Enhet", Description = "Tomt = ärendets ansvariga enhet.", UIHint = "dropdown", OptionsProvider = "units", Order = 4)]
    public Input<string>? Unit { get; set; }

    [Input(DisplayName = "Rubrik", Order = 5)]
    public Input<string>? Subject { get; set; }

    [Input(DisplayName = "Text", Description = "Får innehålla {ärendenummer}, {ärendetyp}, {enhet} och {länk}, aldrig patientuppgifter.", UIHint = "multiline", Order = 6)]
    public Input<string>? Text { get; set; }

    [Input(DisplayName = "Ärende", Description = "Id på ett annat ärende än rutinens eget.", Order = 7)]
    public Input<string>? CaseId { get; set; }

    [Input(DisplayName = "Kanal", Description = "Tomt = regionens.", UIHint = "dropdown", Options = ["epost|E-post", "sms|SMS", "uniteassign|UniteAssign"], Order = 8)]
    public Input<string>? Channel { get; set; }

    [Input(DisplayName = "Regel", Order = 9)]
    public Input<string>? Rule { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        var to = To is null ? "Roller" : ActivityValidation.LiteralText(To);
        if (to == "Roller" && ActivityValidation.IsMissing(Roles)) v.Problem(nameof(Roles), "recipients-missing", "aviseringen har ingen mottagare. Välj minst en roll, eller en annan mottagare.");
        if (to == "Personer" && ActivityValidation.IsMissing(Persons)) v.Problem(nameof(Persons), "recipients-missing", "aviseringen har ingen mottagare. Ange minst en person, eller en annan mottagare.");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        var scope = c.Scope();
        var unit = c.RequireUnit(Unit);
        var record = scope.Case;
        var to = c.Get(To) ?? "Roller";
        var roles = to == "Roller" ? c.Texts(Roles).Select(r => new TaskCandidate(scope.Reference.FindRole(r)?.Code ?? r, unit)).ToList() : [];
        var persons = to == "Personer" ? c.Texts(Persons).Select(p => c.PersonId(p)!).ToList() : [];
        if (to == "Ägare" && record is not null)
        {
            if (record.OwnerPerson is { } owner) persons.Add(owner);
            else if (record.OwnerRole is { } role) roles.Add(new TaskCandidate(role, record.OwnerUnit ?? unit));
        }

        var holders = to == "Uppgifter";
        if (roles.Count == 0 && persons.Count == 0 && !holders)
        {
            c.History("Avisering utan mottagare", after: c.Get(Subject));
            c.CompleteWithOutcomes("Ingen kanal");
            return;
        }

        c.Emit(new NoticeQueued
        {
            Persons = persons, Roles = roles, ToTaskHolders = holders, Channel = c.Get(Channel),
            Subject = c.Get(Subject), Text = record?.IsProtected == true ? ProtectedText : c.Get(Text) is { Length: > 0 } text ? text : DefaultText,
            UnitId = unit, CaseId = Guid.TryParse(c.Get(CaseId), out var other) ? other : record?.Id, Rule = c.Get(Rule)
        });
        c.CompleteWithOutcomes("Skickat");
    }
}
