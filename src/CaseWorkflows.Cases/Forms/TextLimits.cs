using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Forms;

/// <summary>How long texts may be, in UTF-16 code units, and how many there may be of what comes in lists; the one table, for the API, the pages and the imports.</summary>
public static class TextLimits
{
    /// <summary>Names, ids, codes, keys, user names.</summary>
    public const int Name = 200;

    public const int Subject = 500;

    /// <summary>Why somebody did something.</summary>
    public const int Reason = 2_000;

    /// <summary>What people write: a message, a comment, an answer.</summary>
    public const int Text = 20_000;

    /// <summary>An attached file as base64.</summary>
    public const int File = Cases.Attachments.MaxBytes / 3 * 4 + 4;

    /// <summary>Files of a case, of a message, of a field.</summary>
    public const int Files = 50;

    /// <summary>Fields of a case, or of a form.</summary>
    public const int Fields = 200;

    /// <summary>What is chosen or listed in one field. The rows of a review are bounded by the rows that it shows.</summary>
    public const int Choices = 500;

    /// <summary>What a body of the case API holds; with the longest lists that a unit's reviews have well inside it.</summary>
    public static OutsideJsonOptions Body { get; } = new() { MaxDepth = 32, MostElements = 5_000, MostProperties = 1_000, MostValues = 50_000, LongestName = Name };

    /// <summary>The Swedish fault, or null: a U+0000, or more than fits.</summary>
    public static string? Fault(string? text, int longest) =>
        text is null ? null
        : SoundText.HasNull(text) ? SoundText.NullRefused
        : text.Length > longest ? JsonShape.TooLong(longest)
        : null;

    /// <exception cref="ValidationFailedException">With the field.</exception>
    public static void Demand(string field, string? text, int longest)
    {
        if (Fault(text, longest) is { } fault) throw new ValidationFailedException(field, fault);
    }
}
