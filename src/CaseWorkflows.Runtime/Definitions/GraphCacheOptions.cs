using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Runtime.Definitions;

public sealed record GraphCacheOptions
{
    /// <summary>How flowcharts decide what runs next, where the definition does not say.</summary>
    public FlowMode FlowMode { get; init; } = FlowMode.Counter;
}
