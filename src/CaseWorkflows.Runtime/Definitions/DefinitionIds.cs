using System.Globalization;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>
/// What the id of a routine may be: it stands in addresses and in names of files, on every system. Ids that Elsa makes or people think of
/// are allowed; what means something there is not.
/// </summary>
public static class DefinitionIds
{
    public const int Longest = 120;

    // Words of addresses below the list of routines: an id of that name could not be reached.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "by-id", "by-definition-id", "many-by-id", "query", "validation", "subgraph", "import",
    };

    private const string Meaning = "/\\?#%*:|\"<>";

    private static bool IsUnseen(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>A sentence; null when the id is good.</summary>
    public static string? Problem(string id)
    {
        if (id.Length > Longest) return $"Rutinens id är längre än {Longest} tecken. Ge den ett kortare.";
        if (Words.Contains(id)) return $"Rutinens id får inte vara ’{id}’: det ordet används i adresser. Välj ett annat.";
        if (id.Any(c => char.IsControl(c) || IsUnseen(c) || char.IsSurrogate(c) || Meaning.Contains(c, StringComparison.Ordinal)) || id.Contains("..", StringComparison.Ordinal)
            || id.Trim() != id || id.StartsWith('.') || id.EndsWith('.'))
            return "Rutinens id får inte innehålla snedstreck, radbrytningar eller andra tecken med egen betydelse. Använd bokstäver, siffror, bindestreck och punkt.";
        return null;
    }
}
