using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>A human task whose work is done in a system outside the host: the form records what was done there (D-09).</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Tasks, Order = 20, DisplayName = "Externt system",
    Description = "En uppgift som utförs i ett annat system. Formuläret är beviset: referens, tid och resultat.")]
public sealed class ExternalEvidence : HumanTask
{
    [Input(DisplayName = "System", Description = "Systemet där arbetet görs.", Order = 0, Required = true)]
    public Input<string>? System { get; set; }

    private protected override string? ExtraInstructions(ActivityExecutionContext c) =>
        c.Get(System) is { Length: > 0 } system ? $"Utförs i {system}. Dokumentera här vad som gjordes." : null;
}
