namespace CaseWorkflows.Engine.Authoring;

/// <summary>Casing rules of the definition format.</summary>
public static class Names
{
    /// <summary>PascalCase to camelCase, as the JSON has it: only the first letter, except a leading run of capitals.</summary>
    public static string Camel(string name)
    {
        if (string.IsNullOrEmpty(name) || !char.IsUpper(name[0])) return name;
        var chars = name.ToCharArray();
        for (var i = 0; i < chars.Length; i++)
        {
            if (i > 0 && i + 1 < chars.Length && !char.IsUpper(chars[i + 1])) break;
            if (!char.IsUpper(chars[i])) break;
            chars[i] = char.ToLowerInvariant(chars[i]);
        }

        return new string(chars);
    }

    public static string Pascal(string name) => string.IsNullOrEmpty(name) ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
