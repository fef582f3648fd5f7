using System.Threading.Channels;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Instances;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaseWorkflows.StudioApi.Hub;

/// <summary>Sends what has happened to an instance to those who look at it. Several commits in quick succession become one message.</summary>
internal sealed class InstancePusher(IHubContext<InstanceHub, IInstanceHubClient> hub, InstanceWatch watch, IInstanceReader reader,
    IServiceProvider services, IHostSignals signals, TimeProvider machine, ILogger<InstancePusher> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(1);

    // A null stands for "something may have been missed: all of them".
    private readonly Channel<Guid?> _changed = Channel.CreateUnbounded<Guid?>(new() { SingleReader = true });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = signals.Subscribe(InstanceWatch.ChangedTopic, text => _changed.Writer.TryWrite(Guid.TryParse(text, out var id) ? id : null));
        var renewed = machine.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                patience.CancelAfter(RenewEvery);
                if (await WaitAsync(patience.Token))
                {
                    await Task.Delay(Pause, machine, stoppingToken);
                    foreach (var id in Drain()) await PushAsync(id, stoppingToken);
                }

                if (machine.GetUtcNow() - renewed > RenewEvery)
                {
                    watch.Renew();
                    renewed = machine.GetUtcNow();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) // the viewer's own reload is the safety net
            {
                logger.LogWarning(exception, "A change could not be sent to those who look at an instance");
            }
        }
    }

    private async Task<bool> WaitAsync(CancellationToken patience)
    {
        try
        {
            return await _changed.Reader.WaitToReadAsync(patience);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private HashSet<Guid> Drain()
    {
        var here = watch.Here;
        var ids = new HashSet<Guid>();
        while (_changed.Reader.TryRead(out var id))
        {
            if (id is null) ids.UnionWith(here);
            else if (here.Contains(id.Value)) ids.Add(id.Value);
        }

        return ids;
    }

    private async Task PushAsync(Guid id, CancellationToken ct)
    {
        // What may be followed when one begins to look may not be later: a case has become protected, or another's has reached the run.
        if (await reader.FindAsync(id, ct) is not { } found) return;
        foreach (var (connection, access) in watch.ViewersOf(id))
        {
            if (await CaseText.MayFollowAsync(services, access, found.Summary, ct)) continue;
            watch.End(connection);
            await hub.Groups.RemoveFromGroupAsync(connection, InstanceHub.Group(id), ct);
        }

        var group = hub.Clients.Group(InstanceHub.Group(id));
        await group.ActivityExecutionLogUpdatedAsync(new(Statistics(await reader.ExecutionsAsync(id, ct: ct))));
        await group.WorkflowExecutionLogUpdatedAsync(new());
        await group.WorkflowInstanceUpdatedAsync(new(id.ToString()));
    }

    /// <summary>One line per step that has run; Studio does not survive two lines for one step.</summary>
    internal static IReadOnlyList<StepStatistics> Statistics(IEnumerable<ActivityExecutionRecord> executions) =>
    [
        .. executions.GroupBy(e => (e.ActivityId, e.NodeId)).Select(step => new StepStatistics(
            step.Key.ActivityId,
            step.Key.NodeId,
            StartedCount: step.LongCount(),
            CompletedCount: step.LongCount(e => e.Status == ActivityStatus.Completed),
            UncompletedCount: step.LongCount(e => e.Status is ActivityStatus.Running or ActivityStatus.Pending),
            IsBlocked: step.Any(e => e.HasBookmarks && e.CompletedAt is null),
            IsFaulted: step.Any(e => e.Status == ActivityStatus.Faulted))),
    ];
}
