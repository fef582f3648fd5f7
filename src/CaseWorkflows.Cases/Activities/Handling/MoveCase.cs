using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Moves the case to another unit of the region. Arrival time and response clock are kept; without a unit nothing happens.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Handling, Order = 40, DisplayName = "Flytta ärendet", Description = "Flyttar ärendet till en annan enhet. Ankomsttid och svarstid behålls. Utan enhet händer inget.")]
public sealed class MoveCase : CodeActivity
{
    [Input(DisplayName = "Till enhet", UIHint = "dropdown", OptionsProvider = "units", Order = 1, Required = true)]
    public Input<string>? ToUnit { get; set; }

    [Input(DisplayName = "Ny ägarroll", UIHint = "dropdown", OptionsProvider = "workRoles", Order = 2)]
    public Input<string>? Role { get; set; }

    [Input(DisplayName = "Händelse i historiken", DefaultValue = "Ärendet flyttat", Order = 3)]
    public Input<string>? Event { get; set; }

    [Input(DisplayName = "Motivering", Order = 4, MaxLength = InputLengths.Reason)]
    public Input<string>? Reason { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        var record = c.RequireCase();
        var view = c.Scope().Reference;
        if (c.Get(ToUnit) is not { Length: > 0 } target) return;
        var unit = view.FindUnit(target);
        if (unit is null || unit.Region != record.Region) throw new ValidationFailedException("enhet", "Enheten finns inte i regionen.");
        if (unit.Id == record.ResponsibleUnitId) return;
        c.History(c.Get(Event) ?? "Ärendet flyttat", view.UnitName(record.ResponsibleUnitId), unit.Name, c.Get(Reason), computed: ActivityValidation.IsComputed(Event));
        record.UnitId = record.ResponsibleUnitId = record.OwnerUnit = unit.Id;
        record.OwnerPerson = null;
        record.OwnerRole = c.Get(Role) is { Length: > 0 } role ? c.WorkRole(role) : record.OwnerRole;
        record.Status = CaseStatus.Received;
        record.StartedAt = null;
    }
}
