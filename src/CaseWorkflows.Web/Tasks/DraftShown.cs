using System.Globalization;
using CaseWorkflows.Cases.Tasks;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Web.Tasks;

/// <summary>Which draft a task's form was shown with: when it was kept (nothing = there was none), and a name for the page itself.</summary>
internal static class DraftShown
{
    public const string Input = "utkast-sett";
    public const string PageInput = "utkast-sida";

    public static string? Write(DateTimeOffset? keptAt) => keptAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static string NewPage() => Guid.NewGuid().ToString("N");

    /// <returns>Null: the form does not say. What cannot be read has seen none.</returns>
    public static SeenDraft? Read(IFormCollection form) =>
        !form.TryGetValue(Input, out var text) ? null
        : new SeenDraft(
            DateTimeOffset.TryParseExact(text.ToString(), "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var keptAt)
                ? keptAt : DateTimeOffset.MinValue,
            form[PageInput].ToString());
}
