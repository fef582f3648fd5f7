using CaseWorkflows.Cases.Errors;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Limits of attached files.</summary>
internal static class Attachments
{
    public const int MaxBytes = 10 * 1024 * 1024;

    public static byte[] Decode(string field, string base64)
    {
        if (base64.Length > MaxBytes / 3 * 4 + 4) throw new ValidationFailedException(field, "Filen är större än 10 MB.");
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw new ValidationFailedException(field, "Filen kan inte läsas: base64 är fel.");
        }
    }
}
