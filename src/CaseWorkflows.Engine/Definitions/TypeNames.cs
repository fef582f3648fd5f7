using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Definitions;

/// <summary>The aliases the definition format uses for types.</summary>
public static class TypeNames
{
    private static readonly (string Alias, Type Type)[] Known =
    [
        ("Object", typeof(object)), ("String", typeof(string)), ("Boolean", typeof(bool)), ("Int16", typeof(short)), ("Int32", typeof(int)),
        ("Long", typeof(long)), ("Single", typeof(float)), ("Double", typeof(double)), ("Decimal", typeof(decimal)), ("Guid", typeof(Guid)),
        ("DateTime", typeof(DateTime)), ("DateTimeOffset", typeof(DateTimeOffset)), ("DateOnly", typeof(DateOnly)), ("TimeOnly", typeof(TimeOnly)),
        ("TimeSpan", typeof(TimeSpan)), ("JSON", typeof(JsonNode)), ("JsonNode", typeof(JsonNode)), ("JsonObject", typeof(JsonObject)),
        ("JsonArray", typeof(JsonArray)), ("ObjectDictionary", typeof(IDictionary<string, object>)),
        ("List<Object>", typeof(List<object>)), ("List<String>", typeof(List<string>)), ("List<Int32>", typeof(List<int>)),
        ("Int64", typeof(long)), ("Dictionary", typeof(IDictionary<string, object>)),
    ];

    private static readonly Dictionary<string, Type> ByAlias = Known.ToDictionary(k => k.Alias, k => k.Type, StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<Type, string> ByType = Known.DistinctBy(k => k.Type).ToDictionary(k => k.Type, k => k.Alias);

    /// <summary>Aliases in their order, for the designer's lists of types.</summary>
    public static IEnumerable<string> Aliases => Known.Select(k => k.Alias).SkipLast(2);

    public static string AliasOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (ByType.TryGetValue(plain, out var alias)) return alias;
        if (plain.IsArray) return AliasOf(plain.GetElementType()!) + "[]";
        if (plain.IsGenericType && typeof(System.Collections.IDictionary).IsAssignableFrom(plain)) return "ObjectDictionary";
        if (plain.IsGenericType && plain.GetGenericArguments() is [var item] && typeof(System.Collections.IEnumerable).IsAssignableFrom(plain)) return $"List<{AliasOf(item)}>";
        return plain.IsEnum ? "String" : $"{plain.FullName}, {plain.Assembly.GetName().Name}";
    }

    /// <summary>The CLR type of an alias, of <c>T[]</c>, <c>T?</c>, <c>List&lt;T&gt;</c>, or of a system type written out; null when unknown.</summary>
    public static Type? Resolve(string? alias)
    {
        if (string.IsNullOrWhiteSpace(alias)) return null;
        var name = alias.Trim();
        var comma = name.IndexOf(", ", StringComparison.Ordinal);
        if (comma > 0 && name.StartsWith("System.", StringComparison.Ordinal) && !name.Contains('`'))
        {
            name = name["System.".Length..comma];
        }

        if (name.EndsWith('?')) name = name[..^1];
        if (ByAlias.TryGetValue(name, out var type)) return type;
        if (name.EndsWith("[]", StringComparison.Ordinal)) return Resolve(name[..^2])?.MakeArrayType();
        if (name.StartsWith("List<", StringComparison.Ordinal) && name.EndsWith('>') && Resolve(name[5..^1]) is { } item) return typeof(List<>).MakeGenericType(item);
        return null;
    }
}
