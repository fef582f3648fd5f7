using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Sweeps;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Notifies staff by the region's channel, without patient data (D-10).</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Communication, Order = 20, DisplayName = "Avisera personal",
    Description = "Skickar en avisering till roller, personer eller den som har ärendet. Innehåller bara enhet, ärendenummer, ärendetyp och länk.")]
[Port("Skickat")]
[Port("Ingen kanal")]
public sealed class StaffNotice : Activity
{
    // A loop that sends more than so many is out of hand.
    private const int MostAtOnce = 200;

    private const string DefaultText = "{ärendenummer}, {ärendetyp}, {enhet}. {länk}";

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

    [Input(DisplayName = "Regel", Order = 9, MaxLength = InputLengths.Word)]
    public Input<string>? Rule { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        var to = To is null ? "Roller" : ActivityValidation.LiteralText(To);
        if (to == "Roller" && ActivityValidation.IsMissing(Roles)) v.Problem(nameof(Roles), "recipients-missing", "aviseringen har ingen mottagare. Välj minst en roll, eller en annan mottagare.");
        NoticeText.Validate(v, this, nameof(Text), "text");
        NoticeText.Validate(v, this, nameof(Subject), "subject");
        if (to == "Personer" && ActivityValidation.IsMissing(Persons)) v.Problem(nameof(Persons), "recipients-missing", "aviseringen har ingen mottagare. Ange minst en person, eller en annan mottagare.");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        c.DemandNothingOfOthers();
        if (!Guid.TryParse(c.Get(CaseId), out var other) || other == c.Scope().Case?.Id)
        {
            Send(c, null);
            return;
        }

        c.Emit(new QueryRequested(c.CreateBookmark("StaffNotice", null, null).Id, new NoticeCaseQuery(other)));
    }

    protected override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        if ((input as NoticeCase ?? Values.ToJson(input).Read<NoticeCase>()) is { } found) Send(c, found);
        else c.Fault("Ärendet som aviseringen gäller finns inte i rutinens region.");
    }

    private void Send(ActivityExecutionContext c, NoticeCase? other)
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
        var isProtected = other?.Protected ?? record?.IsProtected == true;
        if (roles.Count == 0 && persons.Count == 0 && !holders)
        {
            c.History("Avisering utan mottagare", after: NoticeText.Of(c, Subject, "subject"));
            c.CompleteWithOutcomes("Ingen kanal");
            return;
        }

        scope.CountSent("aviseringar", MostAtOnce);
        c.Emit(new NoticeQueued
        {
            Persons = persons, Roles = roles, ToTaskHolders = holders, Channel = c.Get(Channel),
            Subject = isProtected ? null : NoticeText.Of(c, Subject, "subject"),
            Text = isProtected ? NoticeQueued.Bare : NoticeText.Of(c, Text, "text") is { Length: > 0 } text ? text : DefaultText,
            UnitId = unit, CaseId = other?.Id ?? record?.Id, CaseNumber = other?.Number, CaseType = other?.Type, Rule = c.Get(Rule)
        });
        c.CompleteWithOutcomes("Skickat");
    }
}
