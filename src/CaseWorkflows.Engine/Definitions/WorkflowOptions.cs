using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Definitions;

/// <summary>What a definition chooses about how it is run and offered.</summary>
public sealed record WorkflowOptions(
    string? ActivationStrategyType,
    bool UsableAsActivity,
    bool AutoUpdateConsumingWorkflows,
    string? ActivityCategory,
    string? IncidentStrategyType,
    string? CommitStrategyName)
{
    /// <summary>True when a failing step is noted as an incident and the rest goes on.</summary>
    public bool ContinueWithIncidents => IncidentStrategyType?.Contains("ContinueWithIncidents", StringComparison.OrdinalIgnoreCase) ?? false;

    public static WorkflowOptions FromJson(JsonObject? o) => o is null
        ? new WorkflowOptions(null, false, false, null, null, null)
        : new WorkflowOptions(
            o.Text("activationStrategyType"), o.Bool("usableAsActivity") ?? false, o.Bool("autoUpdateConsumingWorkflows") ?? false,
            o.Text("activityCategory"), o.Text("incidentStrategyType"), o.Text("commitStrategyName"));
}
