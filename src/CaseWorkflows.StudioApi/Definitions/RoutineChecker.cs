using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Runs the check on a stored routine with this host's reference data and routines.</summary>
public sealed class RoutineChecker(ActivityRegistry registry, IChoices choices, GraphCache graphs, IDefinitionStore store)
{
    public async Task<IReadOnlyList<Finding>> CheckAsync(StoredDefinition stored, CancellationToken cancellationToken)
    {
        await choices.RefreshAsync(cancellationToken);
        var document = stored.ToObject();
        var used = await UsedAsync(DefinitionDocument.Activities(document), cancellationToken);
        var check = new DefinitionCheck(registry, new Vocabulary(choices, stored.Version.DefinitionId));
        return await check.RunAsync(document, () => graphs.CompileAsync(stored, cancellationToken, strict: true), used.OutcomesOf);
    }

    /// <summary>The published routines that the steps stand for; most routines use none, and then nothing is read.</summary>
    private async Task<RoutineSteps> UsedAsync(IEnumerable<ActivityNode> steps, CancellationToken cancellationToken)
    {
        var used = new RoutineSteps();
        var unknown = steps.Where(s => registry.FindLatest(s.Type) is null).ToList();
        if (unknown.Count == 0) return used;
        var ids = unknown.Select(s => s.Json.Text("workflowDefinitionId")).ToHashSet(StringComparer.Ordinal);
        foreach (var routine in (await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.Published }, cancellationToken)).Items.Where(r => r.UsableAsActivity || ids.Contains(r.DefinitionId)))
            if (await store.FindVersionAsync(routine.Id, cancellationToken) is { } found) used.Add(routine.DefinitionId, routine.Name, found.ToObject(), routine.UsableAsActivity);
        return used;
    }

    /// <param name="own">The routine itself may start itself, also before it is published.</param>
    private sealed class Vocabulary(IChoices choices, string own) : ICheckVocabulary
    {
        private readonly Dictionary<string, IReadOnlySet<string>?> _known = new(StringComparer.Ordinal);

        public IReadOnlySet<string>? ValuesOf(string provider)
        {
            if (_known.TryGetValue(provider, out var known)) return known;
            var words = choices.WordsOf(provider);
            if (provider == "routines") words = new HashSet<string>(words ?? new HashSet<string>(), StringComparer.Ordinal) { own };
            return _known[provider] = words;
        }
    }
}
