using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Which routines use which: as a step, or by a setting that names a routine.</summary>
internal sealed class RoutineReferences(IDefinitionStore store, ActivityRegistry registry)
{
    /// <summary>Everything that uses the routine, directly or through others, sorted.</summary>
    /// <param name="regions">Whose routines are looked through.</param>
    public async Task<IReadOnlyList<string>> ConsumersOfAsync(string definitionId, IReadOnlyCollection<string> regions, CancellationToken cancellationToken)
    {
        var uses = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var all = await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.Latest, Regions = regions }, cancellationToken);
        var byType = all.Items.Where(v => v.UsableAsActivity).GroupBy(v => GraphCache.TypeNameOf(v.Name)).ToDictionary(g => g.Key, g => g.First().DefinitionId, StringComparer.Ordinal);
        foreach (var version in all.Items)
            if (await store.FindVersionAsync(version.Id, cancellationToken) is { } stored) uses[version.DefinitionId] = Of(stored, byType);

        var found = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([definitionId]);
        while (open.TryDequeue(out var target))
            foreach (var (id, used) in uses)
                if (id != definitionId && used.Contains(target) && found.Add(id)) open.Enqueue(id);
        return [.. found];
    }

    /// <summary>Published routines that use each of these themselves, in any region.</summary>
    public async Task<ILookup<string, StoredDefinition>> PublishedUsersOfAsync(IReadOnlyCollection<string> definitionIds, CancellationToken cancellationToken)
    {
        var published = (await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.Published }, cancellationToken)).Items;
        var byType = published.Where(v => v.UsableAsActivity).GroupBy(v => GraphCache.TypeNameOf(v.Name)).ToDictionary(g => g.Key, g => g.First().DefinitionId, StringComparer.Ordinal);
        var users = new List<(string Used, StoredDefinition By)>();
        foreach (var version in published)
            if (await store.FindVersionAsync(version.Id, cancellationToken) is { } stored)
                users.AddRange(Of(stored, byType).Intersect(definitionIds).Where(id => id != version.DefinitionId).Select(id => (id, stored)));
        return users.ToLookup(u => u.Used, u => u.By);
    }

    private HashSet<string> Of(StoredDefinition stored, Dictionary<string, string> byType)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var activity in DefinitionDocument.Activities(stored.ToObject()))
        {
            if (activity.Json.Text("workflowDefinitionId") is { } id) used.Add(id);
            else if (byType.TryGetValue(activity.Type, out var named)) used.Add(named);
            foreach (var input in registry.FindLatest(activity.Type)?.Inputs ?? [])
                if ((input.OptionsProvider == "routines" || input.UIHint == "workflow-definition-picker") && Literals.Text(activity.Json, input) is { Length: > 0 } literal) used.Add(literal);
        }

        return used;
    }
}
