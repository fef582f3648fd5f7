using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Rights;

/// <summary>Decides what the signed-in person may do with routines; used by the API and the pages alike.</summary>
public interface IRoutineRights
{
    /// <summary>Null when nobody is signed in.</summary>
    ValueTask<RoutineAccess?> OfAsync(HttpContext http);
}
