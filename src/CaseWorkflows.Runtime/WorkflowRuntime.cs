using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Text;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <inheritdoc />
internal sealed class WorkflowRuntime : IWorkflowRuntime
{
    private readonly NpgsqlDataSource _data;
    private readonly BurstRunner _bursts;
    private readonly EventSpreader _events;
    private readonly Settler _settler;
    private readonly ParkedItems _parked;
    private readonly Rehearsal _rehearsal;

    public WorkflowRuntime(NpgsqlDataSource data, BurstRunner bursts, EventSpreader events, Settler settler, ParkedItems parked, Rehearsal rehearsal)
    {
        _rehearsal = rehearsal;
        _data = data;
        _bursts = bursts;
        _events = events;
        _settler = settler;
        _parked = parked;
    }

    public Task<BurstOutcome> StartAsync(StartWorkflow start, CancellationToken ct = default)
    {
        var root = Guid.CreateVersion7();
        return SettleAsync(root, start.InstanceId, _bursts.StartAsync(new StartRequest { Start = start, Root = root }, ct), ct);
    }

    public Task ParkStartAsync(StartWorkflow start, string why, IReadOnlyList<Effect> effects, CancellationToken ct = default) =>
        Guard(_parked.ParkStartAsync(start, why, effects, ct));

    public Task<BurstOutcome> ResumeAsync(ResumeWorkflow resume, CancellationToken ct = default) => RunAsync(RequestOf(resume), ct);

    public Task<BurstRehearsal> RehearseAsync(ResumeWorkflow resume, CancellationToken ct = default) => _rehearsal.RunAsync(RequestOf(resume), ct);

    public Task<BurstOutcome> CancelAsync(CancelWorkflow cancel, CancellationToken ct = default) => RunAsync(
        new BurstRequest { Stimulus = BurstStimulus.Cancel, InstanceId = cancel.InstanceId, Ambient = cancel.Ambient, Participants = cancel.Participants, Run = Burst.Cancel },
        ct);

    public async Task<int> PublishEventAsync(PublishEvent published, CancellationToken ct = default)
    {
        var root = Guid.CreateVersion7();
        var run = await Guard(_events.PublishAsync(published, root, ct));
        await _settler.SettleAsync(root, run.FollowUps, ct);
        return run.FollowUps.Count;
    }

    public Task<BurstOutcome> RetryIncidentAsync(ResolveIncident resolve, CancellationToken ct = default) => ResolveAsync(resolve, skip: false, ct);

    public Task<BurstOutcome> SkipIncidentAsync(ResolveIncident resolve, CancellationToken ct = default) => ResolveAsync(resolve, skip: true, ct);

    private async Task<BurstOutcome> ResolveAsync(ResolveIncident resolve, bool skip, CancellationToken ct)
    {
        if (SoundText.IsBlank(resolve.Reason)) throw new ArgumentException("A reason is needed.", nameof(resolve));
        var found = await Guard(FindAsync(resolve.IncidentId, ct));
        if (found is not { } incident) return new BurstOutcome { InstanceId = Guid.Empty, Kind = BurstOutcomeKind.InstanceNotFound };
        if (incident.QueueId is { } queueId) return await ResolveParkedAsync(resolve, skip, incident.InstanceId, queueId, ct);

        var reference = incident.Ref ?? "";
        return await RunAsync(
            new BurstRequest
            {
                Stimulus = BurstStimulus.Incident, InstanceId = incident.InstanceId, Ambient = resolve.Ambient, Participants = resolve.Participants, Resolve = resolve,
                Run = skip
                    ? (g, s, e) => Burst.SkipIncident(g, s, reference, resolve.Outcome, resolve.By, resolve.Reason, e)
                    : (g, s, e) => Burst.RetryIncident(g, s, reference, resolve.By, resolve.Reason, e),
            },
            ct);
    }

    private Task<BurstOutcome> ResolveParkedAsync(ResolveIncident resolve, bool skip, Guid instanceId, Guid queueId, CancellationToken ct)
    {
        var root = Guid.CreateVersion7();
        return SettleAsync(root, instanceId, Guard(_parked.ResolveAsync(resolve, skip, instanceId, queueId, root, ct)), ct);
    }

    private async Task<(Guid InstanceId, string? Ref, Guid? QueueId)?> FindAsync(Guid incidentId, CancellationToken ct)
    {
        await using var command = _data.CreateCommand("SELECT instance_id, ref, queue_id FROM incident WHERE id = $1 AND resolved_at IS NULL");
        command.Parameters.Add(new() { Value = incidentId });
        await using var r = await command.ExecuteReaderAsync(ct);
        if (!await r.ReadAsync(ct)) return null;
        return (r.GetGuid(0), r.IsDBNull(1) ? null : r.GetString(1), r.IsDBNull(2) ? null : r.GetGuid(2));
    }

    private static BurstRequest RequestOf(ResumeWorkflow resume) => new()
    {
        Stimulus = BurstStimulus.Resume, InstanceId = resume.InstanceId, BookmarkId = resume.BookmarkId, Input = resume.Input,
        Ambient = resume.Ambient, Participants = resume.Participants,
        Run = (g, s, e) => Burst.Resume(g, s, resume.BookmarkId, resume.Input, e),
    };

    private Task<BurstOutcome> RunAsync(BurstRequest request, CancellationToken ct)
    {
        var root = Guid.CreateVersion7();
        return SettleAsync(root, request.InstanceId, _bursts.RunAsync(request with { Root = root }, ct), ct);
    }

    private async Task<BurstOutcome> SettleAsync(Guid root, Guid instanceId, Task<BurstRun> running, CancellationToken ct)
    {
        var run = await running;
        await _settler.SettleAsync(root, run.FollowUps, ct);
        return run.OutcomeFor(instanceId);
    }

    private static async Task<T> Guard<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (Exception e) when (e is not DatabaseUnavailableException && DatabaseUnavailableException.IsConnectionLoss(e))
        {
            throw new DatabaseUnavailableException(e);
        }
    }
}
