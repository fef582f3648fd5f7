using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Instances;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.SignalR;

namespace CaseWorkflows.StudioApi.Hub;

/// <summary>What the instance viewer listens to. It calls <see cref="ObserveInstanceAsync"/> once for the instance that it shows.</summary>
internal sealed class InstanceHub(InstanceWatch watch, IInstanceReader instances, IRoutineRights rights, OpenConnections open) : Hub<IInstanceHubClient>
{
    public static string Group(Guid instanceId) => instanceId.ToString("N");

    /// <summary>Instances that the person may not see are as silent as those that do not exist.</summary>
    public async Task ObserveInstanceAsync(string instanceId)
    {
        if (!Guid.TryParse(instanceId, out var id) || Context.GetHttpContext() is not { } http) return;
        var access = await rights.OfAsync(http);
        var found = await instances.FindAsync(id, Context.ConnectionAborted);
        if (access is null || found is null || !access.CanReadRegion(found.Summary.Region)) return;
        if (!await CaseText.MayFollowAsync(http.RequestServices, access, found.Summary, Context.ConnectionAborted)) return;
        await Groups.AddToGroupAsync(Context.ConnectionId, Group(id), Context.ConnectionAborted);
        watch.Begin(Context.ConnectionId, id, access);
    }

    public override Task OnConnectedAsync()
    {
        if (Context.GetHttpContext()?.SignedIn() is { } session) Context.Items[typeof(OpenConnections)] = open.Add(session.Id, Context.Abort);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        (Context.Items[typeof(OpenConnections)] as IDisposable)?.Dispose();
        watch.End(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
