using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Runs the check on a stored routine with this host's reference data and routines.</summary>
public sealed class RoutineChecker(ActivityRegistry registry, IChoices choices, GraphCache graphs, IDefinitionStore store)
{
    public async Task<IReadOnlyList<Finding>> CheckAsync(StoredDefinition stored, CancellationToken cancellationToken)
    {
        await choices.RefreshAsync(cancellationToken);
        var routines = (await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.Published }, cancellationToken)).Items;
        var types = routines.Where(r => r.UsableAsActivity).Select(r => GraphCache.TypeNameOf(r.Name)).ToHashSet(StringComparer.Ordinal);
        var ids = routines.Select(r => r.DefinitionId).Append(stored.Version.DefinitionId).ToHashSet(StringComparer.Ordinal);
        var check = new DefinitionCheck(registry, new Vocabulary(choices, ids));
        return await check.RunAsync(stored.ToObject(), () => graphs.CompileAsync(stored, cancellationToken, strict: true), types.Contains);
    }

    private sealed class Vocabulary(IChoices choices, HashSet<string> routines) : ICheckVocabulary
    {
        private readonly Dictionary<string, IReadOnlySet<string>?> _known = new(StringComparer.Ordinal) { ["routines"] = routines };

        public IReadOnlySet<string>? ValuesOf(string provider)
        {
            if (_known.TryGetValue(provider, out var known)) return known;
            // Both what is stored and what is shown count: definitions name units and roles either way.
            var options = choices.Of(provider);
            return _known[provider] = options is not { Count: > 0 } ? null : options.SelectMany(o => new[] { o.Value, o.Text }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
    }
}
