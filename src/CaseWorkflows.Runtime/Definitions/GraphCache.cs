using System.Collections.Concurrent;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Graph;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>
/// Compiled routines in memory. Only versions that never change again are kept: published ones and the frozen copies of trial runs, those that were
/// used last, as many as fit.
/// Which version is published is remembered until <see cref="Invalidate"/>; another host's publication shows when the caller
/// finds its version no longer published and invalidates.
/// </summary>
public sealed class GraphCache : IGraphSource, IDisposable
{
    internal const string Topic = "definitions";

    /// <summary>How many are in memory.</summary>
    internal int Count => _kept.Count;

    private readonly NpgsqlDataSource _source;
    private readonly ActivityRegistry _registry;
    private readonly GraphCacheOptions _options;
    private readonly IHostSignals? _signals;
    private readonly IDisposable? _subscription;
    private readonly MemoryCache _kept;
    private readonly ConcurrentDictionary<string, Task<WorkflowGraph?>> _loading = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _published = new(StringComparer.Ordinal);

    public GraphCache(NpgsqlDataSource source, ActivityRegistry registry, GraphCacheOptions? options = null, IHostSignals? signals = null)
    {
        _source = source;
        _registry = registry;
        _options = options ?? new GraphCacheOptions();
        _kept = new MemoryCache(new MemoryCacheOptions { SizeLimit = _options.MostCharacters });
        _signals = signals;
        _subscription = signals?.Subscribe(Topic, Forget);
    }

    /// <summary>The published version's graph; null when nothing is published. From memory after the first time.</summary>
    public async ValueTask<WorkflowGraph?> FindPublishedAsync(string definitionId, CancellationToken ct, NpgsqlConnection? connection = null)
    {
        if (_published.TryGetValue(definitionId, out var known)) return await FindVersionAsync(known, ct, connection);
        if (await DefinitionStore.LoadAsync(new DefinitionReads(_source, connection), definitionId, VersionOptions.Published, ct) is not { } found) return null;
        _published[definitionId] = found.Version.Id;
        return await FindVersionAsync(found.Version.Id, ct, connection);
    }

    /// <summary>A version by number.</summary>
    public async ValueTask<WorkflowGraph?> FindAsync(string definitionId, int version, CancellationToken ct)
    {
        if (await DefinitionStore.LoadAsync(new DefinitionReads(_source), definitionId, VersionOptions.Specific(version), ct) is not { } found) return null;
        return found.Version.PublishedAt is null ? await CompileAsync(found, ct) : await FindVersionAsync(found.Version.Id, ct);
    }

    /// <summary>A version by its id, also one that is no longer published or whose routine is deleted: running instances stay on theirs.</summary>
    public async ValueTask<WorkflowGraph?> FindVersionAsync(string versionId, CancellationToken ct, NpgsqlConnection? connection = null)
    {
        if (_kept.TryGetValue(versionId, out WorkflowGraph? kept)) return kept;
        if (await DefinitionStore.LoadVersionAsync(new DefinitionReads(_source, connection), versionId, ct) is not { } found) return null;
        if (found.Version.PublishedAt is null) return await CompileAsync(found, ct, connection: connection);
        if (connection is not null)
        {
            // A transaction's connection is its own: nobody else may wait for what is read on it.
            return Keep(found, await CompileAsync(found, ct, connection: connection));
        }

        // One compilation however many ask at once; a failed one is not kept.
        return await _loading.GetOrAdd(versionId, _ => LoadAsync(found)).WaitAsync(ct);
    }

    /// <summary>Forgets which version of the definition is published.</summary>
    public void Invalidate(string definitionId) => _published.TryRemove(definitionId, out _);

    // What is kept is memory alone, and bursts that end while the host stops still ask for it.
    public void Dispose() => _subscription?.Dispose();

    /// <summary>A publication or retraction is committed: this host forgets at once, the others when told.</summary>
    internal void Changed(string definitionId)
    {
        Invalidate(definitionId);
        _signals?.Send(Topic, definitionId);
    }

    /// <summary>Compiles without keeping the result.</summary>
    /// <param name="connection">Of the transaction that asks; null takes one of the pool.</param>
    /// <param name="strict">True throws for anything that cannot run; false lets a step fail when it is reached.</param>
    /// <exception cref="DefinitionException">With every problem found.</exception>
    public async Task<WorkflowGraph> CompileAsync(StoredDefinition definition, CancellationToken ct, bool strict = false, NpgsqlConnection? connection = null)
    {
        var definitionDocument = WorkflowDefinition.Parse(definition.Json);
        var used = await LoadUsedAsync(definition, new DefinitionReads(_source, connection), ct);
        return WorkflowGraph.Compile(definitionDocument, _registry, new CompileOptions
        {
            FlowMode = _options.FlowMode,
            Strict = strict,
            ResolveDefinition = used.Find,
        });
    }

    /// <summary>The routines that stand as steps in this one, and in those, each once.</summary>
    public async Task<IReadOnlyList<StoredDefinition>> UsedByAsync(StoredDefinition definition, CancellationToken ct) =>
        (await LoadUsedAsync(definition, new DefinitionReads(_source), ct)).All;

    /// <summary>Whether the routines that stand as steps in this one are fixed to versions that a second person has read.</summary>
    internal async Task<bool> StandsOnReviewedAsync(StoredDefinition definition, CancellationToken ct, NpgsqlConnection? connection = null)
    {
        var used = await LoadUsedAsync(definition, new DefinitionReads(_source, connection), ct);
        return !used.Floats && used.All.All(u => u.Version.Reviewed);
    }

    private void Forget(string? definitionId)
    {
        if (definitionId is null) _published.Clear();
        else Invalidate(definitionId);
    }

    private async Task<WorkflowGraph?> LoadAsync(StoredDefinition definition)
    {
        // Not before it stands among those that are being loaded.
        await Task.Yield();
        try
        {
            return Keep(definition, await CompileAsync(definition, CancellationToken.None));
        }
        finally
        {
            _loading.TryRemove(definition.Version.Id, out _);
        }
    }

    private WorkflowGraph Keep(StoredDefinition definition, WorkflowGraph graph) =>
        _kept.Set(definition.Version.Id, graph, new MemoryCacheEntryOptions { Size = definition.Json.Length });

    /// <summary>
    /// Every definition that is used as an activity below this one, read before the compiler (which does no I/O) asks. Another region's is
    /// as one that is not there.
    /// </summary>
    private async Task<UsedDefinitions> LoadUsedAsync(StoredDefinition definition, DefinitionReads reads, CancellationToken ct)
    {
        var used = new UsedDefinitions();
        var open = new Queue<StoredDefinition>([definition]);
        while (open.TryDequeue(out var next))
        {
            foreach (var activity in DefinitionDocument.Activities(next.ToObject()))
            {
                var id = DefinitionDocument.String(activity.Json, "workflowDefinitionId");
                var versionId = DefinitionDocument.String(activity.Json, "workflowDefinitionVersionId");
                if (id is null && versionId is null)
                {
                    if (_registry.Find(activity.Type, activity.Version) is not null || !used.Ask(activity.Type)) continue;
                    used.Floats = true;
                    foreach (var candidate in await DefinitionStore.LoadUsableAsync(reads, ct))
                        if (TypeNameOf(candidate.Version.Name) == activity.Type && definition.Version.MayUse(candidate.Version) && used.Add(candidate)) open.Enqueue(candidate);
                    continue;
                }

                if (used.Knows(id, versionId)) continue;
                var found = versionId is null ? null : await DefinitionStore.LoadVersionAsync(reads, versionId, ct);
                // A draft, or another routine than the step names, is not what anybody has looked at.
                var stands = found?.Version.MayStandFor(id) == true;
                used.Floats |= !stands;
                if (found is not null && !stands) continue;
                found ??= id is null ? null : await DefinitionStore.LoadAsync(reads, id, VersionOptions.Published, ct);
                if (found is null || !definition.Version.MayUse(found.Version)) continue;
                if (used.Add(found, versionId)) open.Enqueue(found);
            }
        }

        return used;
    }

    private sealed class UsedDefinitions
    {
        private readonly Dictionary<string, WorkflowDefinition> _byVersion = new(StringComparer.Ordinal);
        private readonly Dictionary<string, WorkflowDefinition> _byDefinition = new(StringComparer.Ordinal);
        private readonly Dictionary<string, WorkflowDefinition> _byType = new(StringComparer.Ordinal);
        private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
        private readonly List<StoredDefinition> _all = [];

        public IReadOnlyList<StoredDefinition> All => _all;

        /// <summary>A step stands for whichever version is published by then.</summary>
        public bool Floats { get; set; }

        public bool Ask(string type) => _asked.Add(type);

        public bool Knows(string? id, string? versionId) =>
            versionId is not null ? _byVersion.ContainsKey(versionId) : id is not null && _byDefinition.ContainsKey(id);

        /// <returns>False when that version was known already.</returns>
        public bool Add(StoredDefinition stored, string? askedVersionId = null)
        {
            var isNew = !_byVersion.TryGetValue(stored.Version.Id, out var definition);
            definition ??= WorkflowDefinition.Parse(stored.Json);
            if (isNew) _all.Add(stored);
            _byVersion[stored.Version.Id] = definition;
            if (askedVersionId is not null) _byVersion[askedVersionId] = definition;
            _byDefinition.TryAdd(stored.Version.DefinitionId, definition);
            _byType.TryAdd(TypeNameOf(stored.Version.Name), definition);
            return isNew;
        }

        public WorkflowDefinition? Find(DefinitionReference reference) =>
            (reference.DefinitionVersionId is { } v ? _byVersion.GetValueOrDefault(v) : null)
            ?? (reference.DefinitionId is { } d ? _byDefinition.GetValueOrDefault(d) : null)
            ?? _byType.GetValueOrDefault(reference.TypeName);
    }

    /// <summary>The activity type that a routine's name makes when the routine is used as an activity.</summary>
    public static string TypeNameOf(string name) =>
        string.Concat(name.Split([' ', '-', '_', '.', '/', '(', ')', ',', ':', '&'], StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
