using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Engine.Effects;

/// <summary>Names of events that the host sends itself, and no routine. In the ambient of a burst.</summary>
public sealed class ReservedEvents(IEnumerable<string> names)
{
    /// <summary>As events are found by them: written another way it is the same name.</summary>
    public IReadOnlySet<string> Names { get; } = names.Select(SoundText.Of).ToHashSet(StringComparer.Ordinal);

    public bool Contains(string name) => Names.Contains(SoundText.Of(name));
}
