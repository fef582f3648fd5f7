using CaseWorkflows.Cases.Access;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Runs the check on a stored routine with this host's reference data and the routines that its region may use.</summary>
public sealed class RoutineChecker(ActivityRegistry registry, IChoices choices, GraphCache graphs, IDefinitionStore store, EventTriggers triggers)
{
    private const int MostNamed = 5;

    public async Task<IReadOnlyList<Finding>> CheckAsync(StoredDefinition stored, CancellationToken cancellationToken)
    {
        await choices.RefreshAsync(cancellationToken);
        var document = stored.ToObject();
        var published = (await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.Published, Regions = RegionsFor(stored.Version) }, cancellationToken)).Items;
        var used = await UsedAsync(DefinitionDocument.Activities(document), published, cancellationToken);
        var others = await StartedAsync(stored, document, published, cancellationToken);
        var check = new DefinitionCheck(registry, new Vocabulary(choices, stored.Version, published.Select(p => p.DefinitionId)));
        var findings = await check.RunAsync(document, () => graphs.CompileAsync(stored, cancellationToken, strict: true), used.OutcomesOf, others);
        findings = [.. await VersionsAsync(DefinitionDocument.Activities(document), cancellationToken), .. findings];
        if (await TakenApartAsync(stored, cancellationToken) is { } apart) findings = [.. findings, new Finding(FindingSeverity.Information, "takes-apart", null, null, null, apart)];
        return await NewReadsAsync(stored, cancellationToken) is not { } reads ? findings
            : [.. findings, new Finding(FindingSeverity.Information, "reads-case", null, null, null, reads)];
    }

    /// <summary>Which steps take to pieces what was written in the case, and what follows of it, as a sentence; null when none does.</summary>
    private async Task<string?> TakenApartAsync(StoredDefinition stored, CancellationToken cancellationToken)
    {
        try
        {
            var ways = SpeltWays.Of(await graphs.CompileAsync(stored, cancellationToken, strict: false));
            return ways.Pieces.Count == 0 ? null
                : $"Tar isär det som har skrivits i ärendet, i {(ways.Pieces.Count == 1 ? "steget" : "stegen")} {string.Join(", ", ways.Pieces.Take(MostNamed).Select(p => $"’{p}’"))}"
                    + $"{(ways.Pieces.Count > MostNamed ? " med flera" : "")}. Hur sådana ärenden går visas bara för den som får läsa dem.";
        }
        catch (DefinitionException)
        {
            // Why it cannot be compiled stands among the findings.
            return null;
        }
    }

    /// <summary>What the version reads of a case and the published one does not, as a sentence; null when that is nothing.</summary>
    internal async Task<string?> NewReadsAsync(StoredDefinition stored, CancellationToken cancellationToken)
    {
        var before = await store.FindAsync(stored.Version.DefinitionId, VersionOptions.Published, cancellationToken);
        var known = before is null ? [] : await ReadsAsync(before, cancellationToken);
        var fresh = (await ReadsAsync(stored, cancellationToken)).Except(known, StringComparer.Ordinal).ToList();
        return fresh.Count == 0 ? null : $"Läser nytt ur ärendet: {string.Join(", ", fresh)}.";
    }

    /// <summary>Its own, and those of the routines that stand as steps in it, which run in its place.</summary>
    private async Task<IEnumerable<string>> ReadsAsync(StoredDefinition stored, CancellationToken cancellationToken) =>
        (await graphs.UsedByAsync(stored, cancellationToken)).Prepend(stored).SelectMany(s => CaseReads.Of(s.ToObject())).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Steps that name a version which nobody has published, or another routine's than the one they name.</summary>
    private async Task<IReadOnlyList<Finding>> VersionsAsync(IEnumerable<ActivityNode> steps, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var step in steps)
        {
            if (step.Json.Text("workflowDefinitionVersionId") is not { Length: > 0 } id || await store.FindVersionAsync(id, cancellationToken) is not { } found) continue;
            if (!found.Version.MayStandFor(step.Json.Text("workflowDefinitionId")))
                findings.Add(new Finding(FindingSeverity.Error, "unpublished-version", step.NodeId, step.Id, step.Label,
                    $"Steget ’{step.Label}’ använder en version som inte har publicerats, eller som hör till en annan rutin än steget anger. Lägg till steget på nytt."));
        }

        return findings;
    }

    private static string[] RegionsFor(DefinitionVersion version) => [version.Region, DefinitionFiles.Shared];

    /// <summary>The published routines that the steps stand for; most routines use none, and then nothing is read.</summary>
    private async Task<RoutineSteps> UsedAsync(IEnumerable<ActivityNode> steps, IEnumerable<DefinitionVersion> published, CancellationToken cancellationToken)
    {
        var used = new RoutineSteps();
        var unknown = steps.Where(s => registry.FindLatest(s.Type) is null).ToList();
        if (unknown.Count == 0) return used;
        var ids = unknown.Select(s => s.Json.Text("workflowDefinitionId")).ToHashSet(StringComparer.Ordinal);
        foreach (var routine in published.Where(r => r.UsableAsActivity || ids.Contains(r.DefinitionId)))
            if (await store.FindVersionAsync(routine.Id, cancellationToken) is { } found) used.Add(routine.DefinitionId, routine.Name, found.ToObject(), routine.UsableAsActivity);
        return used;
    }

    /// <summary>The routines that this one starts, and those that they start, read as far as they lead.</summary>
    private async Task<StartedRoutines> StartedAsync(StoredDefinition stored, System.Text.Json.Nodes.JsonObject document, IReadOnlyList<DefinitionVersion> published, CancellationToken cancellationToken)
    {
        var started = new StartedRoutines(registry, published.Where(p => p.UsableAsActivity).Select(p => (p.Name, p.DefinitionId)));
        started.Add(stored.Version.DefinitionId, document);
        var byId = published.ToDictionary(p => p.DefinitionId, StringComparer.Ordinal);
        var events = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            while (started.Missing.FirstOrDefault(byId.ContainsKey) is { } next) await AddAsync(next);
            var sent = started.EventsSent.Where(events.Add).ToList();
            if (sent.Count == 0) return started;
            foreach (var next in (await triggers.StartedByAsync(sent, cancellationToken)).Where(byId.ContainsKey)) await AddAsync(next);
        }

        async Task AddAsync(string id)
        {
            byId.Remove(id, out var version);
            if (await store.FindVersionAsync(version!.Id, cancellationToken) is { } found) started.Add(id, found.ToObject());
        }
    }

    /// <summary>The routine itself may start itself, also before it is published.</summary>
    private sealed class Vocabulary(IChoices choices, DefinitionVersion own, IEnumerable<string> routines) : ICheckVocabulary
    {
        private readonly Dictionary<string, IReadOnlySet<string>?> _known = new(StringComparer.Ordinal)
        {
            ["routines"] = new HashSet<string>(routines, StringComparer.Ordinal) { own.DefinitionId },
        };

        public IReadOnlySet<string>? ValuesOf(string provider) =>
            _known.TryGetValue(provider, out var known) ? known : _known[provider] = choices.WordsOf(provider, own.Region);
    }
}
