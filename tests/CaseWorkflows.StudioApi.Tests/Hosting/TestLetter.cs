using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.StudioApi.Tests.Hosting;

/// <summary>A step with choices, outcomes and an output, as our own steps have.</summary>
[Activity(Namespace = "Acme", Category = "Brev", DisplayName = "Skicka brev", Description = "Skickar ett brev.")]
[Port("Skickat")]
[Port("Retur")]
public sealed class TestLetter : Activity
{
    [Input(DisplayName = "Mottagare", UIHint = "dropdown", OptionsProvider = "roles")]
    public Input<string>? Recipient { get; set; }

    [Output(DisplayName = "Brev-id")]
    public Output<string>? LetterId { get; set; }

    protected override void Execute(ActivityExecutionContext c) => c.CompleteWithOutcomes("Skickat");
}
