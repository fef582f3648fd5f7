using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Forms;

/// <summary>Key = the label in lower case, spaces to "_", Swedish letters kept.</summary>
public static class FieldKey
{
    public static string FromLabel(string? label) => SoundText.Of((label ?? "").Trim()).ToLowerInvariant().Replace(' ', '_');

    public static bool Same(string? a, string? b) => string.Equals(FromLabel(a), FromLabel(b), StringComparison.Ordinal);
}
