using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>Reads a descriptor off an activity class.</summary>
internal static class DescriptorReader
{
    public static ActivityDescriptor Read(Type type)
    {
        var a = type.GetCustomAttribute<ActivityAttribute>() ?? throw new InvalidOperationException($"{type} has no [Activity].");
        var name = a.Name ?? (type.Name.EndsWith("Activity", StringComparison.Ordinal) ? type.Name[..^"Activity".Length] : type.Name);
        var inputs = new List<ActivityBinding.InputBinding>();
        var outputs = new List<ActivityBinding.OutputBinding>();
        var children = new List<ActivityBinding.ChildBinding>();
        var ports = new List<PortDescriptor>();
        foreach (var p in Properties(type))
        {
            if (typeof(Output).IsAssignableFrom(p.PropertyType)) outputs.Add(new(p, ReadOutput(p)));
            else if (p.GetCustomAttribute<InputAttribute>() is { } i) inputs.Add(new(p, ReadInput(p, i), i.AutoEvaluate));
            else if (typeof(Input).IsAssignableFrom(p.PropertyType)) inputs.Add(new(p, ReadInput(p, new InputAttribute()), true));
            else if (typeof(Activity).IsAssignableFrom(p.PropertyType)) children.Add(new(p, Names.Camel(p.GetCustomAttribute<PortAttribute>()?.Name ?? p.Name), false));
            else if (typeof(IEnumerable<Activity>).IsAssignableFrom(p.PropertyType)) children.Add(new(p, Names.Camel(p.Name), true));
            if (p.GetCustomAttribute<PortAttribute>() is { } port) ports.Add(new(port.Name ?? p.Name, port.DisplayName ?? p.Name, PortKind.Embedded, port.IsBrowsable));
        }

        ports.AddRange(type.GetCustomAttributes<PortAttribute>().Select(p => new PortDescriptor(p.Name ?? "Done", p.DisplayName ?? p.Name ?? "Klar", PortKind.Flow, p.IsBrowsable)));
        var ordered = inputs.OrderBy(i => i.Descriptor.Order).ToList();
        return new ActivityDescriptor(
            $"{a.Namespace}.{name}", a.Version, a.Namespace, name, a.Category, a.DisplayName.Length > 0 ? a.DisplayName : name, a.Description, a.Kind,
            [.. ordered.Select(i => i.Descriptor)], [.. outputs.Select(o => o.Descriptor).OrderBy(o => o.Order)], ports, type)
        {
            IsContainer = a.IsContainer,
            IsBrowsable = !a.Hidden,
            IsStart = a.IsStart,
            IsTerminal = a.IsTerminal,
            Order = a.Order,
            DevelopersOnly = a.DevelopersOnly,
            Binding = new ActivityBinding
            {
                Create = () => (Activity)Activator.CreateInstance(type, nonPublic: true)!,
                Inputs = ordered,
                Outputs = outputs,
                Children = children,
            },
        };
    }

    /// <summary>Public properties, a base class's before its derived ones, those of <see cref="Activity"/> itself left out.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        var chain = new Stack<Type>();
        for (var t = type; t is not null && t != typeof(Activity); t = t.BaseType) chain.Push(t);
        return chain.SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(p => p.GetIndexParameters().Length == 0 && p.SetMethod is not null)
            .DistinctBy(p => p.Name);
    }

    private static InputDescriptor ReadInput(PropertyInfo p, InputAttribute i)
    {
        var wrapped = typeof(Input).IsAssignableFrom(p.PropertyType);
        var clr = wrapped ? p.PropertyType.GetGenericArguments()[0] : p.PropertyType;
        var name = i.Name ?? p.Name;
        var hint = i.UIHint.Length > 0 ? i.UIHint : DefaultHint(clr, i);
        return new InputDescriptor(name, TypeNames.AliasOf(clr), i.DisplayName.Length > 0 ? i.DisplayName : name, i.Description)
        {
            UIHint = hint,
            MaxLength = i.MaxLength > 0 ? i.MaxLength : InputLengths.Of(hint, isChoice: i.OptionsProvider is not null),
            Category = i.Category,
            Order = i.Order,
            DefaultValue = i.DefaultValue,
            DefaultSyntax = i.DefaultSyntax,
            IsWrapped = wrapped,
            IsReadOnly = i.IsReadOnly,
            IsSensitive = i.IsSensitive,
            IsBrowsable = i.IsBrowsable,
            Required = i.Required,
            Options = i.Options ?? (clr.IsEnum ? Enum.GetNames(clr) : []),
            OptionsProvider = i.OptionsProvider,
            UiSpecifications = i.UiSpecifications is null ? null : JsonNode.Parse(i.UiSpecifications) as JsonObject,
            ClrType = clr,
        };
    }

    private static OutputDescriptor ReadOutput(PropertyInfo p)
    {
        var o = p.GetCustomAttribute<OutputAttribute>() ?? new OutputAttribute();
        var clr = p.PropertyType.GetGenericArguments()[0];
        var name = o.Name ?? p.Name;
        return new OutputDescriptor(name, TypeNames.AliasOf(clr), o.DisplayName.Length > 0 ? o.DisplayName : name, o.Description)
        {
            Order = o.Order,
            IsBrowsable = o.IsBrowsable,
            ClrType = clr,
        };
    }

    private static string DefaultHint(Type clr, InputAttribute i)
    {
        var type = Nullable.GetUnderlyingType(clr) ?? clr;
        if (i.Options is { Length: > 0 } || i.OptionsProvider is not null || type.IsEnum) return type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? "checklist" : "dropdown";
        if (type == typeof(bool)) return "checkbox";
        if (type == typeof(DateTimeOffset) || type == typeof(DateTime)) return "datetime-picker";
        if (typeof(IDictionary).IsAssignableFrom(type) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>))) return "json-editor";
        return type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? "multitext" : "singleline";
    }
}
