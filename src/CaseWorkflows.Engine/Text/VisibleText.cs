using System.Globalization;
using System.Text;

namespace CaseWorkflows.Engine.Text;

/// <summary>
/// Texts that people tell apart by looking at them: without characters that are not seen, and without those that turn the others round
/// (<c>photo\u202Egpj.exe</c> looks like a picture).
/// </summary>
public static class VisibleText
{
    /// <summary>What people are told who give a text with such a character, where it is refused instead of mended.</summary>
    public const string Refused = "Texten innehåller tecken som inte syns. Skriv om den utan dem.";

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

    // Joiners and variation selectors are marks by their category, and show nothing by themselves.
    private static bool IsSeen(Rune rune) => !Blank.Contains(rune.Value)
        && rune.Value is not (0x034F or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF))
        && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
}
