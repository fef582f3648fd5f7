using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.State;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Carries out one database-only queue item: the work and the item's removal are one transaction.</summary>
internal sealed class QueueWorker
{
    private readonly NpgsqlDataSource _data;
    private readonly BurstRunner _bursts;
    private readonly EventSpreader _events;
    private readonly TriggerStarter _triggers;
    private readonly TriggerIndex _schedule;
    private readonly QueueFailures _failures;
    private readonly QueueTries _tries;
    private readonly RunawayGuard _guard;
    private readonly ILogger<QueueWorker> _log;

    public QueueWorker(
        NpgsqlDataSource data, BurstRunner bursts, EventSpreader events, TriggerStarter triggers, TriggerIndex schedule, QueueFailures failures, QueueTries tries,
        RunawayGuard guard, ILogger<QueueWorker> log)
    {
        _guard = guard;
        _data = data;
        _bursts = bursts;
        _events = events;
        _triggers = triggers;
        _schedule = schedule;
        _failures = failures;
        _tries = tries;
        _log = log;
    }

    /// <summary>Never throws for what the item itself does wrong: it is tried again later, and parked in the end.</summary>
    /// <exception cref="DatabaseUnavailableException">The connection is lost; the item is untouched or done.</exception>
    public async Task<BurstRun> RunAsync(QueueItem item, bool skipLocked, CancellationToken ct)
    {
        if (item is { Attempts: > 0, IsCounted: false })
        {
            if (await _tries.CountAsync(item, ct) is not { } counted) return BurstRun.Of(BurstRunKind.ItemGone);
            item = counted;
        }

        BurstRun run;
        try
        {
            run = await TryAsync(item, skipLocked, ct);
        }
        catch (DatabaseUnavailableException) when (item.IsCounted)
        {
            _tries.Owe(item.Id);
            throw;
        }

        if (item.IsCounted && run.Kind is BurstRunKind.Busy or BurstRunKind.ItemGone) await _tries.GiveBackAsync([item.Id], ct);
        return run;
    }

    private async Task<BurstRun> TryAsync(QueueItem item, bool skipLocked, CancellationToken ct)
    {
        try
        {
            if (_guard.Stops(item) is { } runaway) throw runaway;
            return item.Kind switch
            {
                QueueKind.Timer => await ResumeAsync(item, BurstStimulus.Timer, null, skipLocked, ct),
                QueueKind.Resume => await ResumeAsync(item, skipLocked, ct),
                QueueKind.Cancel => await CancelAsync(item, skipLocked, ct),
                QueueKind.Start => await StartAsync(item, ct),
                QueueKind.Event => await _events.RunAsync(item, ct),
                QueueKind.Trigger => await _triggers.RunAsync(item, ct),
                QueueKind.Reschedule => await _schedule.RunAsync(item, ct),
                _ => throw new InvalidOperationException($"Queue item {item.Id} of kind {item.Kind} is not database-only."),
            };
        }
        catch (StimulusRefusedException e) when (item.Kind == QueueKind.Resume && QueuePayloads.Read<QueuePayloads.Resume>(item.Payload).Event)
        {
            // An event that the instance does not take: it stands as it was, and goes on waiting.
            _log.LogWarning("Queue item {Item} ({Kind}) was refused by instance {Instance}: {Message}", item.Id, item.Kind, item.InstanceId, e.Message);
            return await DropAsync(item, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (e is not DatabaseBusyException && DatabaseUnavailableException.IsConnectionLoss(e)) throw e as DatabaseUnavailableException ?? new DatabaseUnavailableException(e);
            _log.LogError(e, "Queue item {Item} ({Kind}) of instance {Instance} failed", item.Id, item.Kind, item.InstanceId);
            await _failures.NoteAsync(item, e, ct);
            return BurstRun.Of(BurstRunKind.Failed);
        }
    }

    private async Task<BurstRun> DropAsync(QueueItem item, CancellationToken ct)
    {
        await using var command = _data.CreateCommand(BurstWriter.DeleteItemSql);
        command.Parameters.Add(new() { Value = item.Id });
        await command.ExecuteNonQueryAsync(ct);
        return BurstRun.Of(BurstRunKind.Committed);
    }

    private Task<BurstRun> ResumeAsync(QueueItem item, bool skipLocked, CancellationToken ct)
    {
        var payload = QueuePayloads.Read<QueuePayloads.Resume>(item.Payload);
        object? input = payload.Child is { } child
            ? new ChildResult(
                child.InstanceId, Enum.Parse<WorkflowStatus>(child.Status), Enum.Parse<WorkflowSubStatus>(child.SubStatus),
                Values.FromJson(child.Output) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>())
            : Values.FromJson(payload.Input);
        return ResumeAsync(item, payload.Child is null ? BurstStimulus.Event : BurstStimulus.Child, input, skipLocked, ct, payload.Origin);
    }

    private Task<BurstRun> ResumeAsync(QueueItem item, BurstStimulus stimulus, object? input, bool skipLocked, CancellationToken ct, Origin? origin = null) => _bursts.RunAsync(
        new BurstRequest
        {
            Stimulus = stimulus, InstanceId = item.InstanceId!.Value, BookmarkId = item.BookmarkId, Input = input, Origin = origin, Root = item.Root, Item = item, SkipLocked = skipLocked,
            Run = (g, s, e) => Burst.Resume(g, s, item.BookmarkId!, input, e),
        },
        ct);

    private async Task<BurstRun> CancelAsync(QueueItem item, bool skipLocked, CancellationToken ct)
    {
        var run = await _bursts.RunAsync(
            new BurstRequest { Stimulus = BurstStimulus.Cancel, InstanceId = item.InstanceId!.Value, Root = item.Root, Item = item, SkipLocked = skipLocked, Run = Burst.Cancel },
            ct);
        if (run.Kind != BurstRunKind.InstanceNotFound) return run;

        // It has not been started yet: then it never is. If its start commits meanwhile, there is an instance to cancel after all.
        await using (var command = _data.CreateCommand("DELETE FROM queue WHERE instance_id = $1 AND kind = 4"))
        {
            command.Parameters.Add(new() { Value = item.InstanceId.Value });
            if (await command.ExecuteNonQueryAsync(ct) > 0) return run;
        }

        return await _bursts.RunAsync(
            new BurstRequest { Stimulus = BurstStimulus.Cancel, InstanceId = item.InstanceId.Value, Root = item.Root, Run = Burst.Cancel }, ct);
    }

    private Task<BurstRun> StartAsync(QueueItem item, CancellationToken ct)
    {
        var p = QueuePayloads.Read<QueuePayloads.Start>(item.Payload);
        _guard.DemandStart(p);
        var start = new StartWorkflow
        {
            DefinitionId = p.DefinitionId, Version = p.Version, VersionId = p.VersionId, InstanceId = item.InstanceId!.Value, CorrelationId = p.CorrelationId,
            CaseId = p.CaseId, Region = item.Region, Trial = item.Trial, TrialRoot = p.TrialRoot, TriggerNodeId = p.TriggerNodeId, ParentInstanceId = p.ParentId, ParentBookmarkId = p.ParentBookmarkId,
            Depth = p.Depth ?? 0, Origin = p.Origin, Family = p.Family, Name = p.Name, KeepsName = p.KeepsName == true, Input = Values.FromJson(p.Input) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(),
        };
        return _bursts.StartAsync(new StartRequest { Start = start, Item = item, Root = item.Root }, ct);
    }
}
