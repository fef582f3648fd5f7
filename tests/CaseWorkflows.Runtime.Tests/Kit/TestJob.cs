using System.Collections.Concurrent;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Runtime.Tests.Kit;

/// <summary>A job that does what the test has registered under its name.</summary>
[Activity(Namespace = "Test", Name = "Job", Category = "Test", DisplayName = "Testjobb", Description = "Gör vad testet bestämt.")]
public sealed class TestJob : JobActivity
{
    private static readonly ConcurrentDictionary<string, Func<JobContext, CancellationToken, Task<JobResult>>> Works = new();

    [Input(DisplayName = "Arbete", Description = "Vilket arbete.")]
    public Input<string>? Work { get; set; }

    protected override RetryPolicy RetryPolicy => new(3, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));

    /// <returns>The name to give as input.</returns>
    public static string Does(Func<JobContext, CancellationToken, Task<JobResult>> work)
    {
        var name = Guid.NewGuid().ToString("N");
        Works[name] = work;
        return name;
    }

    public override Task<JobResult> RunAsync(JobContext context, CancellationToken ct) => Works[context.Get<string>("Work")!](context, ct);
}
