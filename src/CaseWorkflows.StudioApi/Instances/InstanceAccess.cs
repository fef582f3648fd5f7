using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>An instance that one may see; anything else does not exist.</summary>
internal static class InstanceAccess
{
    public static async Task<InstanceDetail> FindAsync(this IInstanceReader reader, RoutineAccess access, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var guid) || await reader.FindAsync(guid, cancellationToken) is not { } detail) throw StudioException.NotFound();
        access.MustRead(detail.Summary.Region);
        return detail;
    }

    /// <summary>The instance's summary without its state.</summary>
    public static async Task<InstanceSummary> SummaryAsync(this IInstanceReader reader, RoutineAccess access, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var guid)) throw StudioException.NotFound();
        var page = await reader.ListAsync(new InstanceFilter { Ids = [guid], Trial = null, Regions = access.VisibleRegions }, InstanceOrder.NewestFirst, 0, 1, cancellationToken);
        return page.Items.Count == 1 ? page.Items[0] : throw StudioException.NotFound();
    }
}
