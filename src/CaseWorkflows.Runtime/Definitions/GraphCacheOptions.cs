using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Runtime.Definitions;

public sealed record GraphCacheOptions
{
    /// <summary>How flowcharts decide what runs next, where the definition does not say.</summary>
    public FlowMode FlowMode { get; init; } = FlowMode.Counter;

    /// <summary>
    /// How much is kept compiled, by the length of the definitions: some hundred large routines. What is used beyond it is compiled anew.
    /// </summary>
    public int MostCharacters { get; init; } = 24_000_000;
}
