using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Published routines that may stand as steps in others: the ways out that such a step has.</summary>
internal sealed class RoutineSteps
{
    private static readonly string[] Done = ["Done"];
    private readonly Dictionary<string, IReadOnlyList<string>> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _byType = new(StringComparer.Ordinal);

    public void Add(string definitionId, string name, JsonObject document, bool usable)
    {
        IReadOnlyList<string> outcomes = document.Texts("outcomes") is { Count: > 0 } own ? own : Done;
        _byId[definitionId] = outcomes;
        if (usable) _byType.TryAdd(GraphCache.TypeNameOf(name), outcomes);
    }

    /// <summary>Null when the step names no routine that is there.</summary>
    public IReadOnlyList<string>? OutcomesOf(ActivityNode step) =>
        step.Json.Text("workflowDefinitionId") is { Length: > 0 } id ? _byId.GetValueOrDefault(id) : _byType.GetValueOrDefault(step.Type);
}
