using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Forms;

/// <summary>How long texts may be, in UTF-16 code units; the one table, for the API, the pages and the imports.</summary>
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
