namespace CaseWorkflows.Engine.Authoring;

/// <summary>What a job came to: values by output name, and outcomes (none = Done).</summary>
public sealed record JobResult
{
    public IReadOnlyDictionary<string, object?> Outputs { get; init; } = new Dictionary<string, object?>();

    public IReadOnlyList<string> Outcomes { get; init; } = [];
}
