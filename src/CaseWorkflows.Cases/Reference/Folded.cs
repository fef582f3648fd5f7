using System.Text;
using System.Text.RegularExpressions;

namespace CaseWorkflows.Cases.Reference;

/// <summary>
/// Names as people compare them: case, Unicode form, invisible characters and blanks do not tell them apart. The database's reference_fold
/// says the same.
/// </summary>
internal static partial class Folded
{
    public static string Of(string text)
    {
        try
        {
            var composed = Visible(Visible(text).Normalize(NormalizationForm.FormKC));
            return Blanks().Replace(composed, " ").Trim(' ').ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return text;   // half a surrogate pair: equal to nothing but itself
        }
    }

    public static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal) || Of(a) == Of(b);

    private static string Visible(string text) => Invisible().Replace(text, "");

    [GeneratedRegex(
        @"[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB]|\uDB40[\uDC00-\uDFFF]|[\uDB41-\uDB43][\uDC00-\uDFFF]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Invisible();

    [GeneratedRegex(@"[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
