using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Authoring;

internal sealed class WorkflowBuilder : IWorkflowBuilder
{
    private readonly List<Variable> _variables = [];
    private readonly JsonArray _inputs = [];
    private readonly JsonArray _outputs = [];
    private readonly JsonObject _options = [];

    public WorkflowBuilder(string definitionId)
    {
        DefinitionId = definitionId;
    }

    public string DefinitionId { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public int Version { get; set; } = 1;

    public Activity? Root { get; set; }

    public Variable<T> WithVariable<T>(string name, T? value = default)
    {
        var variable = new Variable<T>(name, value);
        _variables.Add(variable);
        return variable;
    }

    public void WithInput<T>(string name, string? displayName = null) => _inputs.Add((JsonNode)Port<T>(name, displayName));

    public void WithOutput<T>(string name, string? displayName = null) => _outputs.Add((JsonNode)Port<T>(name, displayName));

    public void ContinueWithIncidents() => _options["incidentStrategyType"] = "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core";

    public WorkflowDefinition ToDefinition(ActivityRegistry registry)
    {
        if (Root is null) throw DefinitionException.One("$.root", null, "root", "Arbetsflödet saknar innehåll (Root).");
        return WorkflowDefinition.FromJson(new JsonObject
        {
            ["id"] = $"{DefinitionId}-v{Version}",
            ["definitionId"] = DefinitionId,
            ["name"] = Name ?? DefinitionId,
            ["description"] = Description,
            ["version"] = Version,
            ["variables"] = new JsonArray([.. _variables.Select(Write)]),
            ["inputs"] = _inputs.DeepClone(),
            ["outputs"] = _outputs.DeepClone(),
            ["outcomes"] = new JsonArray(),
            ["customProperties"] = new JsonObject(),
            ["isReadonly"] = false,
            ["isSystem"] = false,
            ["isLatest"] = true,
            ["isPublished"] = false,
            ["options"] = _options.DeepClone(),
            ["root"] = new ActivityWriter(registry).Write(Root),
        });
    }

    private static JsonObject Port<T>(string name, string? displayName) => new()
    {
        ["name"] = name,
        ["type"] = TypeNames.AliasOf(typeof(T)),
        ["displayName"] = displayName ?? name,
    };

    private static JsonObject Write(Variable v) => new()
    {
        ["id"] = v.Id,
        ["name"] = v.Name,
        ["typeName"] = v.TypeName,
        ["isArray"] = false,
        ["value"] = v.Value is null ? null : Values.ToText(v.Value),
        ["storageDriverTypeName"] = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core",
    };
}
