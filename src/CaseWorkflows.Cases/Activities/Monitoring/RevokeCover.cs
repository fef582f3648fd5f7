using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Ends every cover that an absence gave.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Monitoring, Order = 30, DisplayName = "Avsluta bevakning", Description = "Tar tillbaka den behörighet som bevakningen gav.")]
public sealed class RevokeCover : CodeActivity
{
    [Input(DisplayName = "Frånvaro", Description = "Frånvarons id.", Order = 1, Required = true, MaxLength = InputLengths.Word)]
    public Input<string>? Absence { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        c.DemandNoCase();
        if (c.Get(Absence) is { Length: > 0 } absence) c.Emit(new CoverRevoked(absence));
    }
}
