namespace CaseWorkflows.Engine.Definitions;

/// <summary>The aliases the definition format uses for types.</summary>
public static class TypeNames
{
    public static string AliasOf(Type type) => type.Name;

    public static Type? Resolve(string alias) => null;
}
