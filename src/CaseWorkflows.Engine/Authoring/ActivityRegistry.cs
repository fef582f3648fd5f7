using System.Collections.Concurrent;
using System.Reflection;
using CaseWorkflows.Engine.Activities.Composition;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>The activities this host knows, by type and version.</summary>
public sealed class ActivityRegistry
{
    private readonly ConcurrentDictionary<(string Type, int Version), ActivityDescriptor> _descriptors = new();

    public IReadOnlyCollection<ActivityDescriptor> Descriptors =>
        [.. _descriptors.Values.OrderBy(d => d.Order).ThenBy(d => d.TypeName, StringComparer.Ordinal).ThenBy(d => d.Version)];

    /// <summary>A registry with the engine's own activities.</summary>
    public static ActivityRegistry CreateDefault()
    {
        var registry = new ActivityRegistry();
        registry.RegisterAssembly(typeof(ActivityRegistry).Assembly);
        return registry;
    }

    public ActivityRegistry Register<T>()
        where T : Activity, new()
    {
        Register(typeof(T));
        return this;
    }

    /// <summary>Registers every concrete class of the assembly that carries <see cref="ActivityAttribute"/>.</summary>
    public ActivityRegistry RegisterAssembly(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes())
        {
            // The stand-in for an unknown step is no step to choose.
            if (type == typeof(NotFoundActivity)) continue;
            if (!type.IsAbstract && typeof(Activity).IsAssignableFrom(type) && type.GetCustomAttribute<ActivityAttribute>() is not null) Register(type);
        }

        return this;
    }

    public ActivityDescriptor? Find(string type, int version) => _descriptors.GetValueOrDefault((type, version));

    /// <summary>The newest version of a type.</summary>
    public ActivityDescriptor? FindLatest(string type) =>
        _descriptors.Values.Where(d => d.TypeName == type).MaxBy(d => d.Version);

    private void Register(Type type)
    {
        var descriptor = DescriptorReader.Read(type);
        _descriptors[(descriptor.TypeName, descriptor.Version)] = descriptor;
    }
}
