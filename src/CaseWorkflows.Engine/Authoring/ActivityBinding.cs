using System.Reflection;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>Which properties of an activity class are what; read once per class.</summary>
internal sealed class ActivityBinding
{
    public required Func<Activity> Create { get; init; }

    public required IReadOnlyList<InputBinding> Inputs { get; init; }

    public required IReadOnlyList<OutputBinding> Outputs { get; init; }

    public required IReadOnlyList<ChildBinding> Children { get; init; }

    internal sealed record InputBinding(PropertyInfo Property, InputDescriptor Descriptor, bool AutoEvaluate)
    {
        public Input? Get(Activity a) => Property.GetValue(a) as Input;
    }

    internal sealed record OutputBinding(PropertyInfo Property, OutputDescriptor Descriptor);

    /// <param name="Property">The child or the list of children.</param>
    /// <param name="JsonName">Its name in the definition.</param>
    /// <param name="IsList">A list of children instead of one.</param>
    internal sealed record ChildBinding(PropertyInfo Property, string JsonName, bool IsList);
}
