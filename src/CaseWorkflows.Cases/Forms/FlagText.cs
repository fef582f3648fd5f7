using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Forms;

/// <summary>Yes and no in addresses, as the contracts write them.</summary>
public static class FlagText
{
    /// <summary>true or false, in any case; null when nothing is told.</summary>
    /// <param name="refuse">Makes of a sentence what tells it, with the field.</param>
    public static bool? Read(string? text, Func<string, Exception> refuse) =>
        SoundText.IsBlank(text) ? null : bool.TryParse(text, out var flag) ? flag : throw refuse("Ange true eller false.");
}
