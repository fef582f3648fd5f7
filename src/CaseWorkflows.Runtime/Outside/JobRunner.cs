using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Runs the job of a <see cref="JobActivity"/> outside any transaction; its result resumes the instance.</summary>
internal sealed class JobRunner
{
    private readonly NpgsqlDataSource _data;
    private readonly IGraphSource _graphs;
    private readonly BurstRunner _bursts;
    private readonly OutsideLeases _leases;
    private readonly IServiceScopeFactory _services;
    private readonly RunawayGuard _guard;
    private readonly ILogger<JobRunner> _log;

    public JobRunner(NpgsqlDataSource data, IGraphSource graphs, BurstRunner bursts, OutsideLeases leases, IServiceScopeFactory services, RunawayGuard guard,
        ILogger<JobRunner> log)
    {
        _guard = guard;
        _data = data;
        _graphs = graphs;
        _bursts = bursts;
        _leases = leases;
        _services = services;
        _log = log;
    }

    public async Task<BurstRun> RunAsync(QueueItem item, CancellationToken ct)
    {
        var p = QueuePayloads.Read<QueuePayloads.Job>(item.Payload);
        if (_guard.Stops(item) is { } runaway) return await GiveUpAsync(item, runaway, ct);
        if (item.Attempts > p.Retry.MaxAttempts) return await FailedAsync(item, p, new InvalidOperationException(OutsideWorker.TriesGone), ct);
        JobResult result;
        try
        {
            result = await TryAsync(item, p, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return await FailedAsync(item, p, e, ct);
        }

        return await FinishAsync(item, result, (g, s, env) => Burst.Resume(g, s, item.BookmarkId!, result, env), ct);
    }

    private async Task<JobResult> TryAsync(QueueItem item, QueuePayloads.Job p, CancellationToken ct)
    {
        var versionId = await VersionAsync(item.InstanceId!.Value, ct) ?? throw new InvalidOperationException("Jobbets flöde finns inte längre.");
        var graph = await _graphs.FindVersionAsync(versionId, ct) ?? throw new DefinitionNotFoundException(versionId);
        if (graph.Find(p.NodeId)?.Activity is not JobActivity job) throw new InvalidOperationException($"Steget {p.NodeId} är inget jobb ({p.JobType}).");

        await using var scope = _services.CreateAsyncScope();
        var context = new JobContext
        {
            InstanceId = item.InstanceId.Value, NodeId = p.NodeId, IdempotencyKey = p.IdempotencyKey, Attempt = item.Attempts, Services = scope.ServiceProvider,
            Inputs = Values.FromJson(p.Input) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(),
        };
        return await OutsideWorker.LimitAsync(token => job.RunAsync(context, token), TimeSpan.FromSeconds(p.Retry.TimeLimitSeconds), ct);
    }

    private async Task<BurstRun> FailedAsync(QueueItem item, QueuePayloads.Job p, Exception e, CancellationToken ct)
    {
        _log.LogWarning(e, "Job {Job} of instance {Instance} failed at try {Attempt} of {Max}", p.JobType, item.InstanceId, item.Attempts, p.Retry.MaxAttempts);
        if (item.Attempts < p.Retry.MaxAttempts)
        {
            var schedule = new RetrySchedule(p.Retry.MaxAttempts, TimeSpan.FromSeconds(p.Retry.FirstDelaySeconds), TimeSpan.FromSeconds(p.Retry.MaxDelaySeconds), TimeSpan.Zero);
            await _leases.RetryLaterAsync(item, schedule.DelayAfter(item.Attempts), FaultText.Of(e), ct);
            return BurstRun.Of(BurstRunKind.Committed);
        }

        return await GiveUpAsync(item, e, ct);
    }

    private Task<BurstRun> GiveUpAsync(QueueItem item, Exception e, CancellationToken ct) =>
        FinishAsync(item, null, (g, s, env) => Burst.FailJob(g, s, item.BookmarkId!, FaultText.Of(e), env), ct);

    private async Task<BurstRun> FinishAsync(
        QueueItem item, JobResult? result, Func<Engine.Graph.WorkflowGraph, Engine.State.WorkflowState, BurstEnvironment, BurstResult> run, CancellationToken ct)
    {
        var done = await _bursts.RunAsync(
            new BurstRequest
            {
                Stimulus = BurstStimulus.Job, InstanceId = item.InstanceId!.Value, BookmarkId = item.BookmarkId, Input = result, Item = item, Root = item.Id, Run = run,
            },
            ct);
        if (done.Kind != BurstRunKind.Committed) _log.LogWarning("The result of job {Item} of instance {Instance} came too late and is dropped ({Kind})", item.Id, item.InstanceId, done.Kind);
        return done;
    }

    private async Task<string?> VersionAsync(Guid instanceId, CancellationToken ct)
    {
        await using var command = _data.CreateCommand("SELECT version_id FROM instance WHERE id = $1");
        command.Parameters.Add(new() { Value = instanceId });
        return await command.ExecuteScalarAsync(ct) as string;
    }
}
