using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CaseWorkflows.StudioApi.Rights;

/// <summary>From the permissions of the person's roles at this moment, or from the automation key.</summary>
internal sealed class RoutineRights(CommandContexts contexts, ReferenceStore reference, IOptions<StudioApiOptions> options) : IRoutineRights
{
    private const string Scheme = "ApiKey ";
    private const int ShortestKey = 32;
    private static readonly object Key = new();

    public async ValueTask<RoutineAccess?> OfAsync(HttpContext http)
    {
        if (http.Items.TryGetValue(Key, out var known)) return (RoutineAccess?)known;
        var access = await ResolveAsync(http);
        http.Items[Key] = access;
        return access;
    }

    /// <summary>The rights of a person, for pages and tests.</summary>
    internal static RoutineAccess Of(Actor actor, ReferenceView view)
    {
        var regions = view.Regions.Keys.ToList();
        var isDeveloper = actor.MayAnywhere(Permissions.WorkflowDevelop);
        HashSet<string> With(string permission)
        {
            var found = regions.Where(r => actor.May(permission, r)).ToHashSet(StringComparer.Ordinal);
            // Shared routines belong to no region: to those who hold the permission everywhere.
            if (actor.May(permission, ReferenceView.Everywhere) || actor.May(permission, DefinitionFiles.Shared)) found.Add(DefinitionFiles.Shared);
            return found;
        }

        var develop = isDeveloper ? With(Permissions.WorkflowDevelop) : [];
        var edit = With(Permissions.WorkflowEdit);
        edit.UnionWith(develop);
        var publish = With(Permissions.WorkflowPublish);
        publish.UnionWith(develop);
        var read = With(Permissions.AuditRead);
        read.UnionWith(edit);
        read.UnionWith(publish);
        return new RoutineAccess
        {
            PersonId = actor.PersonId ?? "",
            PersonName = actor.DisplayName ?? actor.UserName ?? actor.PersonId ?? "",
            ReadRegions = read,
            EditRegions = edit,
            PublishRegions = publish,
            // In every region that the person edits, or in none.
            IsDeveloper = isDeveloper && edit.IsSubsetOf(develop),
        };
    }

    private async ValueTask<RoutineAccess?> ResolveAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization.ToString() is var header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return IsKey(header[Scheme.Length..].Trim()) ? await AutomationAsync(http.RequestAborted) : null;
        var id = http.User.FindFirstValue("sub") ?? http.User.FindFirstValue(ClaimTypes.NameIdentifier);
        if (id is null || http.User.Identity?.IsAuthenticated != true) return null;
        return await contexts.ForPersonAsync(id, ct: http.RequestAborted) is { } context ? Of(context.Actor, context.Reference) with { Caller = context } : null;
    }

    private bool IsKey(string given) =>
        options.Value.ApiKey is { Length: >= ShortestKey } key
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private async Task<RoutineAccess> AutomationAsync(CancellationToken cancellationToken)
    {
        var snapshot = await reference.FreshAsync(cancellationToken);
        var all = snapshot.Rows.Where(r => r.Kind == ReferenceKinds.Region).Select(r => r.Id).Append(DefinitionFiles.Shared).ToHashSet(StringComparer.Ordinal);
        return new RoutineAccess { PersonId = "api-nyckel", PersonName = "Automatik (API-nyckel)", ReadRegions = all, EditRegions = all, PublishRegions = all, IsDeveloper = true, IsAutomation = true };
    }
}
