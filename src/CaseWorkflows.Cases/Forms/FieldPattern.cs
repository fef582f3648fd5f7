using System.Text.RegularExpressions;

namespace CaseWorkflows.Cases.Forms;

/// <summary>
/// The pattern of a form's text field. It is tried without backtracking, so that no answer can make it take long; what needs backtracking
/// (look-around, back references) is refused where the form is made.
/// </summary>
internal static class FieldPattern
{
    public const int Longest = 500;

    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(200);

    /// <summary>What is wrong with it, in Swedish; null when it can be used.</summary>
    public static string? Fault(string pattern)
    {
        if (pattern.Length > Longest) return $"ett mönster (pattern) som är längre än {Longest} tecken";
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking, Time);
            return null;
        }
        catch (ArgumentException)
        {
            return "ett mönster (pattern) som inte går att tolka";
        }
        catch (NotSupportedException)
        {
            return "ett mönster (pattern) som inte kan prövas: det får inte ha bakåtreferenser eller tittar framåt och bakåt";
        }
    }

    /// <returns>Null when there was no time to tell.</returns>
    public static bool? Fits(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking, Time);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return FitsByBacktracking(pattern, text);
        }
        catch (ArgumentException)
        {
            // A form of an open task from before patterns were looked at: its answer is not the person's fault.
            return true;
        }
    }

    private static bool? FitsByBacktracking(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.None, Time);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
