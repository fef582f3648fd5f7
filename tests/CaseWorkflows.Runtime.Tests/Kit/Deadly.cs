using System.Diagnostics;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Runtime.Tests.Kit;

/// <summary>Ends the process it is run in, as a stack that overflows does: nothing is written, nobody is told.</summary>
[Activity(Namespace = "Test", Name = "Deadly", Category = "Test", DisplayName = "Dödar värden", Description = "Avslutar processen.")]
public sealed class Deadly : CodeActivity
{
    protected override void Execute(ActivityExecutionContext c) => Process.GetCurrentProcess().Kill();
}
