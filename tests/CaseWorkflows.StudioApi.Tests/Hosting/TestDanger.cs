using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.StudioApi.Tests.Hosting;

/// <summary>A step that only developers may use.</summary>
[Activity(Namespace = "Acme", Category = "Utveckling", DisplayName = "Kör kod", Description = "Kör kod.", DevelopersOnly = true)]
public sealed class TestDanger : CodeActivity
{
    [Input(DisplayName = "Kod")]
    public Input<string>? Code { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
    }
}
