using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Gives the case an owner: a person, or a role at the unit .</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Handling, Order = 30, DisplayName = "Fördela ärendet", Description = "Gör en person eller en roll på enheten till ärendets ägare.")]
public sealed class AssignCase : CodeActivity
{
    [Input(DisplayName = "Person", Description = "Tomt = rollen äger ärendet.", UIHint = "singleline", OptionsProvider = "workers", Order = 1, MaxLength = InputLengths.Word)]
    public Input<string>? Person { get; set; }

    [Input(DisplayName = "Roll", UIHint = "dropdown", OptionsProvider = "workRoles", Order = 2)]
    public Input<string>? Role { get; set; }

    [Input(DisplayName = "Enhet", Description = "Tomt = ärendets ansvariga enhet.", UIHint = "dropdown", OptionsProvider = "units", Order = 3)]
    public Input<string>? Unit { get; set; }

    [Input(DisplayName = "Ärendets status", UIHint = "singleline", OptionsProvider = "statuses", Order = 4)]
    public Input<string>? Status { get; set; }

    [Input(DisplayName = "Handläggningen börjar om", Description = "Ärendet räknas åter som ej påbörjat.", UIHint = "checkbox", DefaultValue = false, Order = 5)]
    public Input<bool>? NotStarted { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        if (ActivityValidation.IsMissing(Person) && ActivityValidation.IsMissing(Role)) v.Problem(nameof(Role), "owner-missing", "ärendet får ingen ägare. Välj en roll eller ange en person.");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        var record = c.RequireCase();
        var unit = c.RequireUnit(Unit);
        var person = c.WorkerId(c.Get(Person), unit);
        record.OwnerPerson = person;
        record.OwnerRole = person is null && c.Get(Role) is { Length: > 0 } role ? c.WorkRole(role) : null;
        record.OwnerUnit = unit;
        if (c.StatusWord(Status) is { Length: > 0 } status) record.Status = status;
        if (c.Get(NotStarted)) record.StartedAt = null;
    }
}
