using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Rights;

internal static class RightsExtensions
{
    public static RoutineAccess Access(this HttpContext http) => (RoutineAccess)http.Items[RightsFilter.Key]!;

    /// <summary>What lies in a region that one does not see does not exist.</summary>
    public static void MustRead(this RoutineAccess access, string region)
    {
        if (!access.CanReadRegion(region)) throw StudioException.NotFound();
    }

    public static void MustEdit(this RoutineAccess access, string region)
    {
        access.MustRead(region);
        if (!access.CanEdit(region)) throw StudioException.Forbidden("Du får läsa rutinen men inte ändra den.");
    }

    public static void MustPublish(this RoutineAccess access, string region)
    {
        access.MustEdit(region);
        if (!access.CanPublish(region)) throw StudioException.Forbidden("Du får ändra rutinen men inte publicera den.");
    }

    public static StoredDefinition MustRead(this RoutineAccess access, StoredDefinition? stored)
    {
        if (stored is null) throw StudioException.NotFound();
        access.MustRead(stored.Version.Region);
        return stored;
    }
}
