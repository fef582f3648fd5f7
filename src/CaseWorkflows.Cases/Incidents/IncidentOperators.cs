using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.Tasks;

namespace CaseWorkflows.Cases.Incidents;

/// <summary>Whom to tell that a routine has stopped: those of the unit who may mend it, else the service's administrators.</summary>
internal static class IncidentOperators
{
    public static IReadOnlyList<TaskCandidate> Of(ReferenceView reference, string unitId)
    {
        var may = reference.Roles.Values.Where(r => r.Permissions.Contains(Permissions.IncidentManage)).ToList();
        var near = may.Where(r => !r.Product && reference.Holders(r.Code, unitId).Count > 0).ToList();
        var told = near.Count > 0 ? near : may.Where(r => r.Permissions.Contains(Permissions.SystemAdmin)).ToList();
        return [.. told.Select(r => new TaskCandidate(r.Code, unitId))];
    }
}
