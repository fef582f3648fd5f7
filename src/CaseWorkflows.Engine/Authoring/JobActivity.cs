using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>
/// A step that does I/O: it runs outside any transaction, under a lease, and its result resumes the instance.
/// It may run more than once for one execution: use <see cref="JobContext.IdempotencyKey"/>.
/// </summary>
public abstract class JobActivity : Activity
{
    /// <summary>Bookmark name of a waiting job.</summary>
    public const string BookmarkName = "Job";

    protected internal virtual RetryPolicy RetryPolicy => RetryPolicy.Default;

    public abstract Task<JobResult> RunAsync(JobContext context, CancellationToken ct);

    protected internal override void Execute(ActivityExecutionContext c)
    {
        var bookmark = c.CreateBookmark(BookmarkName, null, null);
        c.Emit(new JobRequested(bookmark.Id, TypeName, c.EvaluatedInputs(), $"{c.InstanceId:N}:{bookmark.Id}", RetryPolicy));
    }

    protected internal override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        var result = input as JobResult ?? new JobResult();
        foreach (var (name, value) in result.Outputs) c.SetOutput(name, value);
        if (result.Outcomes.Count > 0) c.CompleteWithOutcomes([.. result.Outcomes]);
        else c.Complete();
    }
}
