using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// One burst as one transaction: lock and read in one batch, run, write and commit in one batch. Everything it needs of the database it asks on
/// its own connection: one that waits for a second while it holds the first would wait for others who do the same.
/// </summary>
internal sealed class BurstRunner
{
    private const string CommitSql = "COMMIT";
    private const int MaxTries = 4;
    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly IGraphSource _graphs;
    private readonly BurstParticipants _participants;
    private readonly QueueWake _wake;
    private readonly RunawayGuard _guard;
    private readonly ILogger<BurstRunner> _log;

    public BurstRunner(
        NpgsqlDataSource data, BusinessClock clock, IGraphSource graphs, BurstParticipants participants, QueueWake wake, RunawayGuard guard, ILogger<BurstRunner> log)
    {
        _log = log;
        _guard = guard;
        _data = data;
        _clock = clock;
        _graphs = graphs;
        _participants = participants;
        _wake = wake;
    }

    public Task<BurstRun> RunAsync(BurstRequest request, CancellationToken ct) =>
        RetryAsync(() => WithinFamilyAsync(attempt => RunOnceAsync(request, attempt, ct), ct), ct);

    public async Task<BurstRun> StartAsync(StartRequest request, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RetryAsync(() => WithinFamilyAsync(attempt => StartOnceAsync(request, attempt, ct), ct), ct);
            }
            catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.NotNullViolation, TableName: "instance", ColumnName: "version_id" } && attempt < MaxTries)
            {
                // Another host has published since: nothing was written; look again.
                _graphs.Invalidate(request.Start.DefinitionId);
            }
            catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.NotNullViolation, TableName: "instance", ColumnName: "version_id" })
            {
                // Published, but not for this region.
                throw new DefinitionNotFoundException(request.Start.DefinitionId);
            }
        }
    }

    /// <summary>A burst that starts more runs than its family may is done again, so that the step at fault knows it.</summary>
    private async Task<BurstRun> WithinFamilyAsync(Func<BurstTry, Task<BurstRun>> run, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RefusedEffects.RunAsync(run, _log);
            }
            catch (FamilyFullException e) when (attempt <= MaxTries)
            {
                await _guard.LearnAsync(e, none: attempt == MaxTries, ct);
            }
        }
    }

    private async Task<BurstRun> RunOnceAsync(BurstRequest request, BurstTry attempt, CancellationToken ct)
    {
        var subject = new BurstSubject(request.InstanceId, null, false) { GivenBy = request.Origin?.Instance, GivenOfCase = request.Origin?.Case, GivenOfUnits = request.Origin?.Units };
        var scope = NewScope(subject, request.Stimulus, request.Root, request.Item, request.Ambient);
        scope.Revision = attempt.Revision;
        scope.BookmarkId = request.BookmarkId;
        scope.Input = request.Input;
        scope.CameFrom = request.Origin;
        var participants = _participants.With(request.Participants);

        await using var c = await _data.OpenConnectionAsync(ct);
        await using var t = await c.BeginTransactionAsync(ct);
        InstanceRow? row;
        await using (var batch = new NpgsqlBatch(c, t))
        {
            batch.Add(request.SkipLocked ? InstanceRow.LockOrSkipSql : InstanceRow.LockSql).With(request.InstanceId);
            AppendItemLock(batch, request.Item);
            AppendClock(batch);
            var readers = BurstParticipants.AppendReads(participants, batch, subject);
            await batch.PrepareHotAsync(ct);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            row = await reader.ReadAsync(ct) ? InstanceRow.From(reader) : null;
            if (!await HasItemAsync(reader, request.Item, ct)) return BurstRun.Of(BurstRunKind.ItemGone);
            await ReadClockAsync(reader, scope, ct);
            if (row is not null)
            {
                Take(scope, row);
                if (readers.Count > 0)
                {
                    await reader.NextResultAsync(ct);
                    await BurstParticipants.ReadAsync(readers, reader, scope, ct);
                }
            }
        }

        if (row is null)
        {
            if (request.SkipLocked && await ExistsAsync(c, request.InstanceId, ct)) return BurstRun.Of(BurstRunKind.Busy);
            return await DropAsync(BurstRunKind.InstanceNotFound, request.Item, c, t, ct);
        }

        await BurstParticipants.ReadyAsync(participants, c, scope, ct);
        var graph = await _graphs.FindVersionAsync(row.VersionId, ct, c) ?? throw new DefinitionNotFoundException($"{row.DefinitionId} ({row.VersionId})");
        var result = request.Run(graph, row.Read(), _participants.Environment(scope, c));
        if (result.Disposition != BurstDisposition.Ran)
        {
            var kind = result.Disposition == BurstDisposition.NotFound ? BurstRunKind.BookmarkNotFound : BurstRunKind.AlreadyFinished;
            var hold = row.WasFaulted && kind == BurstRunKind.AlreadyFinished && request.Item?.Kind is QueueKind.Timer or QueueKind.Resume or QueueKind.Job;
            return await DropAsync(kind, request.Item, c, t, ct, hold ? BurstWriter.HoldItemSql : BurstWriter.DeleteItemSql);
        }

        attempt.HasRun = true;
        scope.Result = await _participants.AnswerAsync(result, graph, scope, c, t, ct);
        if (request.InsteadOfWriting is { } rehearse)
        {
            if (attempt.Keep) rehearse(graph, scope);
            return BurstRun.Of(BurstRunKind.RolledBack);
        }

        await WriteAsync(c, t, scope, row, participants, request.Item, request.Resolve, null, attempt.Keep, ct);
        return attempt.Keep ? Done(scope, participants) : BurstRun.Of(BurstRunKind.RolledBack);
    }

    private async Task<BurstRun> StartOnceAsync(StartRequest request, BurstTry attempt, CancellationToken ct)
    {
        var s = request.Start;
        var graph = await GraphAsync(s, ct);
        var subject = new BurstSubject(s.InstanceId, s.CaseId, true) { GivenBy = s.Origin?.Instance, GivenOfCase = s.Origin?.Case, GivenOfUnits = s.Origin?.Units };
        var scope = NewScope(subject, request.Item is null ? BurstStimulus.Start : BurstStimulus.Child, request.Root, request.Item, s.Ambient);
        scope.Revision = attempt.Revision;
        if (s.AmbientOfTry is { } own) scope.Ambient.AddRange(own());
        scope.Now = BusinessClock.MachineNow;
        scope.CameFrom = s.Origin;
        var participants = _participants.With(s.Participants);
        var row = new InstanceRow
        {
            DefinitionId = graph.Definition.DefinitionId, VersionId = graph.Definition.Id, Version = graph.Definition.Version,
            CaseId = s.CaseId, ParentId = s.ParentInstanceId, ParentBookmarkId = s.ParentBookmarkId, Region = s.Region, Trial = s.Trial, TrialRoot = s.TrialRoot, Name = s.Name, Depth = s.Depth,
            Family = s.Family,
            KeepsName = s.KeepsName || s.CaseId is not null || s.ParentInstanceId is not null,
            MustBePublished = s.VersionId is null && s.Version is null,
        };
        Take(scope, row);
        // The step that starts a run has counted it.
        if (s is { Family: not null, ParentInstanceId: null }) scope.RunsCounted = 1;

        await using var c = await _data.OpenConnectionAsync(ct);
        NpgsqlTransaction? begun = null;
        try
        {
            await using (var batch = new NpgsqlBatch(c))
            {
                AppendItemLock(batch, request.Item);
                AppendClock(batch);
                var readers = BurstParticipants.AppendReads(participants, batch, subject);
                if (batch.BatchCommands.Count > 0)
                {
                    begun = await c.BeginTransactionAsync(ct);
                    batch.Transaction = begun;
                    await batch.PrepareHotAsync(ct);
                    await using var reader = await batch.ExecuteReaderAsync(ct);
                    var first = true;
                    if (request.Item is not null)
                    {
                        if (!await reader.ReadAsync(ct)) return BurstRun.Of(BurstRunKind.ItemGone);
                        first = false;
                    }

                    if (_clock.Mode == ClockMode.Manual)
                    {
                        if (!first) await reader.NextResultAsync(ct);
                        first = false;
                        scope.Now = await BusinessClock.ReadAsync(reader, ct);
                    }

                    if (readers.Count > 0)
                    {
                        if (!first) await reader.NextResultAsync(ct);
                        await BurstParticipants.ReadAsync(readers, reader, scope, ct);
                    }
                }
            }

            _guard.DemandStart(scope);
            await BurstParticipants.ReadyAsync(participants, c, scope, ct);
            var start = new StartBurst(s.InstanceId, s.CorrelationId, s.Input, s.TriggerNodeId, s.Name);
            var result = Burst.Start(graph, start, _participants.Environment(scope, c));
            attempt.HasRun = true;
            if (BurstParticipants.AsksQuery(result))
            {
                begun ??= await c.BeginTransactionAsync(ct);
                result = await _participants.AnswerAsync(result, graph, scope, c, begun, ct);
            }

            scope.Result = result;
            if (!attempt.Keep) begun ??= await c.BeginTransactionAsync(ct);
            await WriteAsync(c, begun, scope, row, participants, request.KeepItem ? null : request.Item, null, request.AppendWrites, attempt.Keep && begun is not null, ct);
        }
        finally
        {
            if (begun is not null) await begun.DisposeAsync();
        }

        return attempt.Keep ? Done(scope, participants) : BurstRun.Of(BurstRunKind.RolledBack);
    }

    private async ValueTask<WorkflowGraph> GraphAsync(StartWorkflow s, CancellationToken ct)
    {
        var graph = s switch
        {
            { VersionId: { } id } => await _graphs.FindVersionAsync(id, ct),
            { Version: { } version } => await _graphs.FindAsync(s.DefinitionId, version, ct),
            _ => await _graphs.FindPublishedAsync(s.DefinitionId, ct),
        };
        return graph ?? throw new DefinitionNotFoundException(s.VersionId ?? s.DefinitionId);
    }

    private async Task WriteAsync(
        NpgsqlConnection c, NpgsqlTransaction? t, BurstScope scope, InstanceRow row, IReadOnlyList<IBurstParticipant> participants,
        QueueItem? item, ResolveIncident? resolve, Action<NpgsqlBatch, DateTimeOffset>? more, bool commit, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(c, t);
        BurstWriter.Append(batch, scope, row, item, resolve);
        foreach (var p in participants) p.AppendWrites(scope, batch);
        foreach (var p in participants) p.Arrange(batch);
        more?.Invoke(batch, scope.Now);
        BurstWriter.AppendQueue(batch, scope, row);
        _guard.AppendCount(batch, scope);

        // A batch without a transaction around it is one: a single statement list up to one Sync.
        if (commit) batch.Add(CommitSql);
        await batch.PrepareHotAsync(ct);
        try
        {
            await batch.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e) when (RunawayGuard.IsFull(e) && scope.Family is { } family)
        {
            throw new FamilyFullException(family, scope.Now, e);
        }
    }

    /// <summary>Nothing to do: only the queue item goes, or waits until a failed instance is mended.</summary>
    private static async Task<BurstRun> DropAsync(
        BurstRunKind kind, QueueItem? item, NpgsqlConnection c, NpgsqlTransaction t, CancellationToken ct, string sql = BurstWriter.DeleteItemSql)
    {
        if (item is not null)
        {
            await using var batch = new NpgsqlBatch(c, t);
            batch.Add(sql).With(item.Id);
            batch.Add(CommitSql);
            await batch.ExecuteNonQueryAsync(ct);
        }

        return BurstRun.Of(kind);
    }

    private BurstRun Done(BurstScope scope, IReadOnlyList<IBurstParticipant> participants)
    {
        _participants.Committed(participants, scope);
        _wake.Added(scope.Queue.Items, scope.Now);
        var outcome = new BurstOutcome
        {
            InstanceId = scope.InstanceId, Kind = BurstOutcomeKind.Committed, State = scope.Result.State, Effects = scope.Result.Effects, At = scope.Now,
        };
        return new BurstRun(BurstRunKind.Committed, outcome, [.. scope.Queue.Items.Where(i => !i.IsOutside && i.Due <= scope.Now)]);
    }

    private static BurstScope NewScope(BurstSubject subject, BurstStimulus stimulus, Guid? root, QueueItem? item, IReadOnlyList<object> ambient)
    {
        var scope = new BurstScope(subject, stimulus);
        scope.Queue.Root = root ?? item?.Id;
        scope.Queue.Turns = item?.Turns ?? 0;
        scope.Ambient.AddRange(ambient);
        return scope;
    }

    private static void Take(BurstScope scope, InstanceRow row)
    {
        scope.CaseId = row.CaseId;
        scope.Region = row.Region;
        scope.Trial = row.Trial;
        scope.TrialRoot = row.Trial ? row.TrialRoot ?? scope.InstanceId : null;
        scope.DefinitionId = row.DefinitionId;
        scope.DefinitionVersion = row.Version;
        scope.VersionId = row.VersionId;
        scope.Depth = row.Depth;
        scope.Family = row.Family ?? scope.InstanceId;
    }

    /// <summary>
    /// After the instance, so that whoever touches an instance's items holds the instance: no deadlock between the two. An item that has
    /// moved to a later time since it was read (a scheduled start that another host has carried out) is gone.
    /// </summary>
    private static void AppendItemLock(NpgsqlBatch batch, QueueItem? item)
    {
        if (item is null) return;
        if (item.LeaseOwner is { } owner) batch.Add("SELECT 1 FROM queue WHERE id = $1 AND lease_owner = $2 AND attempts = $3 FOR UPDATE").With(item.Id).With(owner).With(item.Attempts);
        else batch.Add("SELECT 1 FROM queue WHERE id = $1 AND failed_at IS NULL AND due <= $2 FOR UPDATE SKIP LOCKED").With(item.Id).With(item.Due);
    }

    private static async Task<bool> HasItemAsync(NpgsqlDataReader reader, QueueItem? item, CancellationToken ct) =>
        item is null || (await reader.NextResultAsync(ct) && await reader.ReadAsync(ct));

    private void AppendClock(NpgsqlBatch batch)
    {
        if (_clock.Mode == ClockMode.Manual) batch.Add(BusinessClock.ReadSql);
    }

    private async Task ReadClockAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct)
    {
        if (_clock.Mode == ClockMode.System)
        {
            scope.Now = BusinessClock.MachineNow;
            return;
        }

        await reader.NextResultAsync(ct);
        scope.Now = await BusinessClock.ReadAsync(reader, ct);
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection c, Guid instanceId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT 1 FROM instance WHERE id = $1", c) { Parameters = { new() { Value = instanceId } } };
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private static async Task<BurstRun> RetryAsync(Func<Task<BurstRun>> run, CancellationToken ct)
    {
        try
        {
            return await DatabaseRetry.RunAsync(run, ct);
        }
        catch (Exception e) when (e is not DatabaseUnavailableException && DatabaseUnavailableException.IsConnectionLoss(e))
        {
            throw new DatabaseUnavailableException(e);
        }
    }
}
