namespace CaseWorkflows.Engine.Authoring;

/// <inheritdoc />
public sealed class Output<T> : Output
{
    public Output()
    {
    }

    public Output(Variable target)
    {
        TargetId = target.Id;
    }

    internal override Type ValueType => typeof(T);

    public static implicit operator Output<T>(Variable variable) => new(variable);
}
