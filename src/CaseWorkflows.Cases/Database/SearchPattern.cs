namespace CaseWorkflows.Cases.Database;

/// <summary>LIKE patterns of what people type.</summary>
internal static class SearchPattern
{
    /// <summary>Has to be named with each LIKE: EF Core's own default is none.</summary>
    public const string Escape = "\\";

    /// <summary>Anywhere, in lower case; what LIKE would read as wild cards is taken as it stands.</summary>
    public static string Contains(string text) =>
        $"%{text.Trim().ToLowerInvariant().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
}
