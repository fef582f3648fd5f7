using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>The publish gate: everything that is wrong with a routine at once, in words that a process owner understands.</summary>
public sealed class DefinitionCheck(ActivityRegistry registry, ICheckVocabulary vocabulary)
{
    /// <param name="compile">Compiles strictly, and throws what the engine finds.</param>
    /// <param name="routines">The outcomes of a routine that is used as an activity; null when the step names none that is published.</param>
    /// <param name="started">What the routines that this one starts do; it is given this one too. Null: none of them is known.</param>
    /// <returns>Errors first, then warnings, each in the order of the steps.</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(
        JsonObject document, Func<Task<WorkflowGraph>> compile, Func<ActivityNode, IReadOnlyList<string>?>? routines = null, StartedRoutines? started = null)
    {
        var found = new List<Finding>();
        var all = DefinitionDocument.Activities(document).ToList();
        if (all.Count == 0)
        {
            found.Add(new Finding(FindingSeverity.Error, "empty", null, null, null, "Rutinen är tom: den har inget flöde."));
            return found;
        }

        if (SoundText.IsBlank(DefinitionDocument.String(document, "name")))
            found.Add(new Finding(FindingSeverity.Error, "no-name", null, null, null, "Rutinen måste ha ett namn."));
        routines ??= _ => null;
        found.AddRange(Kinds(all, routines));
        found.AddRange(SameIds(all));
        found.AddRange(StructureCheck.Run(document, all));
        var tokenMode = DefinitionDocument.IsTokenMode(document);
        foreach (var flow in all.Where(a => a.Type == "Elsa.Flowchart"))
            found.AddRange(FlowCheck.Run(flow, all, OutcomesOf, registry, DefinitionDocument.SaysFlowMode(flow.Json) ? DefinitionDocument.IsTokenMode(flow.Json) : tokenMode));
        var id = DefinitionDocument.String(document, "definitionId") ?? "";
        started ??= new StartedRoutines(registry, []);
        started.Add(id, document);
        var settings = new SettingsCheck(registry, vocabulary);
        found.AddRange(settings.Run(all));
        found.AddRange(new NamesCheck(registry, vocabulary, document, all).Run());
        found.AddRange(await EngineAsync(all, compile, found, settings.Missing));
        // A loop may look otherwise once what is wrong with its arrows has been mended.
        var wrong = found.Exists(f => f.Severity == FindingSeverity.Error);
        found.AddRange(RunawayCheck.Run(id, all, started).Where(f => !wrong || f.Code != RunawayCheck.Loop));
        return [.. found.Distinct().OrderByDescending(f => f.Severity)];

        IReadOnlyList<string>? OutcomesOf(ActivityNode step) =>
            (registry.Find(step.Type, step.Version) ?? registry.FindLatest(step.Type)) is { } descriptor ? Outcomes.Of(step, descriptor) : routines(step);
    }

    private IEnumerable<Finding> Kinds(List<ActivityNode> all, Func<ActivityNode, IReadOnlyList<string>?> routines)
    {
        foreach (var step in all)
        {
            if (registry.Find(step.Type, step.Version) is not null || routines(step) is not null) continue;
            var versions = registry.FindLatest(step.Type);
            if (versions is not null && step.Version == 0) continue;
            if (DefinitionDocument.String(step.Json, "workflowDefinitionId") is { Length: > 0 } used)
            {
                yield return new Finding(FindingSeverity.Error, "missing-routine", step.NodeId, step.Id, step.Label,
                    $"Steget ’{step.Label}’ använder rutinen ’{used}’, som inte finns eller inte är publicerad. Publicera den först, eller ta bort steget.");
                continue;
            }

            yield return new Finding(FindingSeverity.Error, step.Parent is null ? "unknown-root" : "unknown-activity", step.NodeId, step.Id, step.Label,
                step.Parent is null ? $"Rutiner av slaget ’{step.Type}’ kan inte köras här. Välj flödesschema eller sekvens."
                : versions is not null ? $"Steget ’{step.Label}’ är av slaget ’{step.Type}’ version {step.Version}, som inte finns. Byt ut steget mot ett nytt."
                : $"Steget ’{step.Label}’ är av slaget ’{step.Type}’, som inte finns här. Ta bort steget eller byt ut det.");
        }
    }

    private static IEnumerable<Finding> SameIds(List<ActivityNode> all) =>
        all.GroupBy(a => a.NodeId).Where(g => g.Count() > 1).Select(g => new Finding(FindingSeverity.Error, "same-id", g.Key, g.First().Id, g.First().Label,
            $"Två steg har samma id: {string.Join(" och ", g.Select(s => $"’{s.Label}’"))}. Ta bort det ena och lägg till det på nytt."));

    /// <summary>What only compiling shows: expressions that do not parse, settings of the wrong kind, and what each activity checks itself.</summary>
    private static async Task<IReadOnlyList<Finding>> EngineAsync(List<ActivityNode> all, Func<Task<WorkflowGraph>> compile, List<Finding> already, IReadOnlySet<string> missing)
    {
        try
        {
            await compile();
            return [];
        }
        catch (DefinitionException e)
        {
            var byNode = all.GroupBy(a => Below(a.NodeId)).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
            var hasLoose = already.Exists(f => f.Code == "loose-connection");
            var errors = already.Where(f => f.Severity == FindingSeverity.Error).ToList();
            return [.. e.Problems
                // The same thing said by both is said once, by the one that names the step.
                .Where(p => !missing.Contains(p.Path) && !(hasLoose && p.Code is "missing-target" or "missing-source"))
                .Select(p => Told(p, StepOf(p.NodeId, byNode)))
                .Where(f => !errors.Exists(known => known.NodeId == f.NodeId && (known.Code == f.Code || (Same.Contains(f.Code) && Same.Contains(known.Code)))))];
        }
    }

    // What the engine says of steps and arrows that are not there is said here in other words.
    private static readonly HashSet<string> Same = ["unknown-activity", "unknown-version", "unknown-root", "missing-routine", "same-id", "duplicate-id"];

    private static Finding Told(DefinitionProblem problem, ActivityNode? step) => step is null
        ? new Finding(FindingSeverity.Error, problem.Code, null, null, null, problem.Message)
        : new Finding(FindingSeverity.Error, problem.Code, step.NodeId, step.Id, step.Label, problem.Message.Contains(step.Label, StringComparison.Ordinal) ? problem.Message : $"Steget ’{step.Label}’: {problem.Message}");

    /// <summary>The step, or for one inside a routine that is used here, the step that uses it.</summary>
    private static ActivityNode? StepOf(string? nodeId, Dictionary<string, ActivityNode> byNode)
    {
        for (var at = nodeId is null ? "" : Below(nodeId); at.Length > 0; at = at.LastIndexOf(':') is > 0 and var end ? at[..end] : "")
            if (byNode.TryGetValue(at, out var step)) return step;
        return null;
    }

    /// <summary>A node id without the workflow, whose number depends on the routines used.</summary>
    private static string Below(string nodeId) => nodeId[(nodeId.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
