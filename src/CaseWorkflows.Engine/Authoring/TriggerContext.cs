using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>What a trigger may look at when it is indexed or asked for its next occurrence: its own literals and expressions without an instance.</summary>
public sealed class TriggerContext
{
    private readonly BurstEnvironment _environment;

    public TriggerContext(BurstEnvironment environment)
    {
        _environment = environment;
    }

    public DateTimeOffset Now => _environment.Now;

    public T? Ambient<T>() => _environment.Find<T>();

    public T? Get<T>(Input<T>? input) => Values.ConvertTo<T>(Expressions.ExpressionEvaluator.EvaluateDetached(input, _environment));
}
