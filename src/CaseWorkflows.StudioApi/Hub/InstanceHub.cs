using Microsoft.AspNetCore.SignalR;

namespace CaseWorkflows.StudioApi.Hub;

/// <summary>What the instance viewer listens to. It calls <see cref="ObserveInstanceAsync"/> once for the instance that it shows.</summary>
internal sealed class InstanceHub : Hub<IInstanceHubClient>
{
    public Task ObserveInstanceAsync(string instanceId) => Groups.AddToGroupAsync(Context.ConnectionId, instanceId, Context.ConnectionAborted);
}
