using System.Globalization;
using System.Text;

namespace CaseWorkflows.Engine.Text;

/// <summary>
/// Names that people tell apart by looking at them: without characters that are not seen, and without those that turn the others round
/// (<c>photo\u202Egpj.exe</c> looks like a picture).
/// </summary>
public static class VisibleText
{
    /// <summary>What people are told who give a name with such a character, where it is refused instead of mended.</summary>
    public const string Refused = "Namnet innehåller tecken som inte syns. Skriv om det utan dem.";

    /// <summary>Letters and symbols by their category that leave nothing to see.</summary>
    private static readonly HashSet<int> Blank = [0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800];

    public static bool IsVisible(string text) => text.EnumerateRunes().All(IsSeen);

    /// <summary>The text without such characters; the same object when it has none.</summary>
    public static string Of(string text)
    {
        if (IsVisible(text)) return text;
        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(IsSeen)) seen.Append(rune.ToString());
        return seen.ToString();
    }

    private static bool IsSeen(Rune rune) => !Blank.Contains(rune.Value) && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
}
