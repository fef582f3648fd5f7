using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Engine.Tests;

/// <summary>A job as a module would write one.</summary>
[Activity(Namespace = "Test", Name = "Job", DisplayName = "Jobb", Kind = ActivityKind.Job)]
[Port("Sent", DisplayName = "Skickat")]
public sealed class TestJob : JobActivity
{
    [Input(DisplayName = "Till", Required = true)]
    public Input<string>? To { get; set; }

    [Output(DisplayName = "Kvitto")]
    public Output<string>? Receipt { get; set; }

    public override Task<JobResult> RunAsync(JobContext context, CancellationToken ct) =>
        Task.FromResult(new JobResult { Outcomes = ["Sent"], Outputs = new Dictionary<string, object?> { ["Receipt"] = context.Get<string>("To") } });
}
