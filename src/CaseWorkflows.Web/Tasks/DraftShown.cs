using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Web.Tasks;

/// <summary>Which draft a task's form was shown with: when it was kept. Nothing = there was none.</summary>
internal static class DraftShown
{
    public const string Input = "utkast-sett";

    public static string? Write(DateTimeOffset? keptAt) => keptAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <returns>Null: the form does not say. What cannot be read has seen none.</returns>
    public static DateTimeOffset? Read(IFormCollection form) =>
        !form.TryGetValue(Input, out var text) ? null
        : DateTimeOffset.TryParseExact(text.ToString(), "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var keptAt) ? keptAt
        : DateTimeOffset.MinValue;
}
