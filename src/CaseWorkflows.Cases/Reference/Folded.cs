using System.Text;

namespace CaseWorkflows.Cases.Reference;

/// <summary>Names as people compare them: case, Unicode form and surrounding blanks do not tell them apart. The database's reference_fold says the same.</summary>
internal static class Folded
{
    public static string Of(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return text;   // half a surrogate pair: equal to nothing but itself
        }
    }
}
