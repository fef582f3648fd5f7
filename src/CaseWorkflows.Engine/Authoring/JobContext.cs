using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>What a running job may use. Values are those evaluated when the step was executed.</summary>
public sealed class JobContext
{
    public required Guid InstanceId { get; init; }

    public required string NodeId { get; init; }

    public required IReadOnlyDictionary<string, object?> Inputs { get; init; }

    /// <summary>The same on every try.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    public required IServiceProvider Services { get; init; }

    public T? Get<T>(string inputName) => Values.ConvertTo<T>(Inputs.GetValueOrDefault(inputName));
}
