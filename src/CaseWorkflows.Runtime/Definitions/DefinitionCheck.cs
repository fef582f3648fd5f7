using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>The publish gate: everything that is wrong with a routine at once, in words that a process owner understands.</summary>
public sealed class DefinitionCheck(ActivityRegistry registry, ICheckVocabulary vocabulary)
{
    /// <param name="compile">Compiles strictly, and throws what the engine finds.</param>
    /// <param name="isRoutine">True when the type is a routine used as an activity.</param>
    /// <returns>Errors first, then warnings, each in the order of the steps.</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(JsonObject document, Func<Task<WorkflowGraph>> compile, Func<string, bool>? isRoutine = null)
    {
        var found = new List<Finding>();
        var all = DefinitionDocument.Activities(document).ToList();
        if (all.Count == 0)
        {
            found.Add(new Finding(FindingSeverity.Error, "empty", null, null, null, "Rutinen är tom: den har inget flöde."));
            return found;
        }

        if (string.IsNullOrWhiteSpace(DefinitionDocument.String(document, "name")))
            found.Add(new Finding(FindingSeverity.Error, "no-name", null, null, null, "Rutinen måste ha ett namn."));
        found.AddRange(Kinds(all, isRoutine ?? (_ => false)));
        found.AddRange(SameIds(all));
        var tokenMode = IsTokenMode(document);
        foreach (var flow in all.Where(a => a.Type == "Elsa.Flowchart")) found.AddRange(FlowCheck.Run(flow, all, registry, tokenMode));
        found.AddRange(new SettingsCheck(registry, vocabulary).Run(document, all));
        found.AddRange(await EngineAsync(all, compile, found));
        return [.. found.Distinct().OrderByDescending(f => f.Severity)];
    }

    private IEnumerable<Finding> Kinds(List<ActivityNode> all, Func<string, bool> isRoutine)
    {
        foreach (var step in all)
        {
            if (registry.Find(step.Type, step.Version) is not null || isRoutine(step.Type)) continue;
            var versions = registry.FindLatest(step.Type);
            if (versions is not null && step.Version == 0) continue;
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
    private static async Task<IReadOnlyList<Finding>> EngineAsync(List<ActivityNode> all, Func<Task<WorkflowGraph>> compile, List<Finding> already)
    {
        try
        {
            await compile();
            return [];
        }
        catch (DefinitionException e)
        {
            var byNode = all.GroupBy(a => a.NodeId).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
            var errors = already.Where(f => f.Severity == FindingSeverity.Error).Select(f => (f.NodeId, f.Code)).ToHashSet();
            return [.. e.Problems
                // The same thing said by both is said once, with the name of the step.
                .Where(p => !errors.Contains((p.NodeId, p.Code)))
                .Select(p => p.NodeId is not null && byNode.TryGetValue(p.NodeId, out var step)
                    ? new Finding(FindingSeverity.Error, p.Code, p.NodeId, step.Id, step.Label, p.Message.Contains(step.Label, StringComparison.Ordinal) ? p.Message : $"Steget ’{step.Label}’: {p.Message}")
                    : new Finding(FindingSeverity.Error, p.Code, p.NodeId, null, null, p.Message))];
        }
    }

    private static bool IsTokenMode(JsonObject document) =>
        document["customProperties"] is JsonObject custom && custom.Any(p => p.Key.Contains("flowMode", StringComparison.OrdinalIgnoreCase) && p.Value?.ToString().Contains("Token", StringComparison.OrdinalIgnoreCase) == true);
}
