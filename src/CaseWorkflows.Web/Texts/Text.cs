using System.Globalization;
using System.Resources;

namespace CaseWorkflows.Web.Texts;

/// <summary>Every text of the pages, from Texts.resx (Swedish). A missing key is a fault of the program, so it throws.</summary>
internal static class Text
{
    private static readonly ResourceManager Resources = new("CaseWorkflows.Web.Texts.Texts", typeof(Text).Assembly);

    public static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");

    public static string T(string key) =>
        Resources.GetString(key, CultureInfo.InvariantCulture) ?? throw new KeyNotFoundException($"Texts.resx has no '{key}'.");

    /// <summary>Null when there is no such text.</summary>
    public static string? Find(string key) => Resources.GetString(key, CultureInfo.InvariantCulture);

    public static string T(string key, params object?[] values) => string.Format(Swedish, T(key), values);
}
