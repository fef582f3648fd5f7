using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Definitions;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.StudioApi.Descriptors;

/// <summary>
/// Every activity there is, ready as bytes: Studio asks again after each save. One text for those who see the same regions, developers
/// apart, made anew when reference data, the activities or the routines used as activities change.
/// </summary>
internal sealed class DescriptorCatalogue(ActivityRegistry registry, IChoices choices, IDefinitionStore store) : IDisposable
{
    /// <summary>How soon what another host changed shows here.</summary>
    private static readonly TimeSpan RoutinesAge = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<string, Catalogue> _made = new(StringComparer.Ordinal);
    private volatile RoutineList _routines = new([], [], "", 0);
    private volatile int _invalidations;

    public async ValueTask<Catalogue> GetAsync(RoutineAccess access, CancellationToken cancellationToken)
    {
        var routines = await RoutinesAsync(cancellationToken);
        var stamp = $"{choices.Stamp}|{registry.Descriptors.Count}|{routines.Stamp}";
        var regions = access.VisibleRegions.Distinct().Order(StringComparer.Ordinal).ToList();
        var readers = $"{access.IsDeveloper}|{string.Join('|', regions)}";
        if (_made.TryGetValue(readers, out var current) && current.Stamp == stamp) return current;
        return _made[readers] = Make(access.IsDeveloper, regions, stamp, routines);
    }

    /// <summary>A routine changed here: look again at those used as activities.</summary>
    public void Invalidate() => Interlocked.Increment(ref _invalidations);

    public bool IsForDevelopers(string type, int version) =>
        (registry.Find(type, version) ?? registry.FindLatest(type)) is { DevelopersOnly: true };

    public void Hide(JsonObject document)
    {
        var routines = _routines;
        UnknownActivities.Hide(document, registry, (type, version) =>
            registry.Find(type, version) is not null || routines.Types.Contains((type, version)));
    }

    /// <summary>The workflow's own node id. Elsa numbers workflows from the innermost out: one that uses no other as a step is Workflow1.</summary>
    public string WorkflowIdOf(JsonObject document) => $"Workflow{_routines.HeightOf(document)}";

    /// <summary>Loads the routines used as activities, so that <see cref="Hide"/> and <see cref="WorkflowIdOf"/> know them.</summary>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken) => await RoutinesAsync(cancellationToken);

    public void Dispose() => _gate.Dispose();

    private Catalogue Make(bool forDeveloper, IReadOnlyCollection<string> regions, string stamp, RoutineList routines)
    {
        var items = new JsonArray();
        var seen = new HashSet<(string, int)>();
        var order = 0;
        // Ours before Elsa's: Studio keeps the order it is given within a group, and groups appear by their first.
        foreach (var descriptor in registry.Descriptors.OrderBy(d => d.Namespace == "Elsa").ThenBy(d => d.Order).ThenBy(d => d.DisplayName, StringComparer.Ordinal))
        {
            // The same pair twice stops Studio altogether.
            if (!seen.Add((descriptor.TypeName, descriptor.Version))) continue;
            var newest = registry.FindLatest(descriptor.TypeName)?.Version == descriptor.Version;
            var browsable = descriptor.IsBrowsable && newest && (forDeveloper || !descriptor.DevelopersOnly);
            items.Add(DescriptorWriter.Write(descriptor, p => choices.Of(p, regions), browsable, order++));
        }

        foreach (var (routine, region) in routines.Items)
            if (regions.Contains(region) && seen.Add((routine.Text("typeName")!, routine.Int("version")!.Value))) items.Add(routine.DeepClone());
        foreach (var plain in new[] { UnknownActivities.Placeholder, "Elsa.Workflow", "Elsa.Flowchart" })
            if (seen.Add((plain, 1))) items.Add(Plain(plain));

        var bytes = Encoding.UTF8.GetBytes(new JsonObject { ["items"] = items, ["count"] = items.Count }.ToJsonString(StudioJson.Options));
        var byType = items.OfType<JsonObject>().GroupBy(i => i.Text("typeName")!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.MaxBy(i => i.Int("version"))!, StringComparer.Ordinal);
        return new Catalogue(stamp, bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..20]}\"", byType);
    }

    private async ValueTask<RoutineList> RoutinesAsync(CancellationToken cancellationToken)
    {
        var current = _routines;
        if (current.LoadedAt != 0 && current.Invalidation == _invalidations && Environment.TickCount64 - current.LoadedAt < RoutinesAge.TotalMilliseconds) return current;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            current = _routines;
            var invalidation = _invalidations;
            if (current.LoadedAt != 0 && current.Invalidation == invalidation && Environment.TickCount64 - current.LoadedAt < RoutinesAge.TotalMilliseconds) return current;
            await choices.RefreshAsync(cancellationToken);
            return _routines = await LoadAsync(current, invalidation, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<RoutineList> LoadAsync(RoutineList before, int invalidation, CancellationToken cancellationToken)
    {
        var versions = (await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.All, UsableAsActivity = true, OrderBy = "Name" }, cancellationToken)).Items
            .Where(v => v.PublishedAt is not null).ToList();
        var stamp = string.Join(',', versions.Select(v => $"{v.Id}{(v.IsPublished ? "*" : "")}"));
        if (before.LoadedAt != 0 && stamp == before.Stamp) return before with { LoadedAt = Environment.TickCount64, Invalidation = invalidation };
        var items = new List<(JsonObject, string)>();
        var documents = new Dictionary<(string, int), JsonObject>();
        foreach (var group in versions.GroupBy(v => v.DefinitionId))
        {
            var newest = group.FirstOrDefault(v => v.IsPublished) ?? group.MaxBy(v => v.Version)!;
            var published = (await store.FindVersionAsync(newest.Id, cancellationToken))!;
            foreach (var version in group)
            {
                if (await store.FindVersionAsync(version.Id, cancellationToken) is not { } stored) continue;
                items.Add((RoutineDescriptors.Write(stored, published), version.Region));
                documents[(GraphCache.TypeNameOf(version.Name), version.Version)] = stored.ToObject();
            }
        }

        return new RoutineList(items, documents, stamp, Environment.TickCount64) { Invalidation = invalidation };
    }

    private static JsonObject Plain(string type)
    {
        var isContainer = type != UnknownActivities.Placeholder;
        return new JsonObject
        {
            ["typeName"] = type,
            ["clrType"] = type,
            ["namespace"] = "Elsa",
            ["name"] = type.Split('.')[1],
            ["version"] = 1,
            ["category"] = "System",
            ["displayName"] = type == UnknownActivities.Placeholder ? "Okänd aktivitet" : type == "Elsa.Workflow" ? "Rutin" : "Flödesschema",
            ["description"] = type == UnknownActivities.Placeholder ? "En aktivitet som den här värden inte har. Den bevaras oförändrad." : "",
            ["inputs"] = new JsonArray(),
            ["outputs"] = new JsonArray(),
            ["kind"] = "Action",
            ["runAsynchronously"] = false,
            ["ports"] = new JsonArray(),
            ["customProperties"] = new JsonObject(),
            ["constructionProperties"] = new JsonObject(),
            ["isContainer"] = isContainer,
            ["isBrowsable"] = false,
            ["isStart"] = false,
            ["isTerminal"] = false,
        };
    }

    /// <param name="ETag">Quoted.</param>
    /// <param name="Newest">By type: the descriptor of its newest version.</param>
    internal sealed record Catalogue(string Stamp, byte[] Bytes, string ETag, IReadOnlyDictionary<string, JsonObject> Newest);

    private sealed record RoutineList(IReadOnlyList<(JsonObject Descriptor, string Region)> Items, Dictionary<(string Type, int Version), JsonObject> Documents, string Stamp, long LoadedAt)
    {
        private const int MaxHeight = 60;   // one that uses itself is refused at publishing, not here

        public int Invalidation { get; init; }

        public HashSet<(string, int)> Types { get; } = Items.Select(i => (i.Descriptor.Text("typeName")!, i.Descriptor.Int("version")!.Value)).ToHashSet();

        public int HeightOf(JsonObject document, int depth = 1)
        {
            if (depth > MaxHeight) return 1;
            var used = DefinitionDocument.Activities(document).Where(a => a.Json.Text("workflowDefinitionId") is not null)
                .Select(a => (a.Type, a.Json.Int("version") ?? 1)).Distinct();
            return 1 + used.Select(u => Documents.TryGetValue(u, out var inner) ? HeightOf(inner, depth + 1) : 0).DefaultIfEmpty(0).Max();
        }
    }
}
