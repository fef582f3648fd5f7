using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.StudioApi.Http;

/// <summary>Elsa's page and pageSize, skip and take: whole numbers from zero. What is larger than any list gives an empty page.</summary>
internal static class StudioPaging
{
    /// <returns>Null when it is not told.</returns>
    /// <exception cref="StudioException">400: no such number.</exception>
    public static int? Number(string name, string? text)
    {
        if (SoundText.IsBlank(text)) return null;
        return NumberText.Decimal(text) is { } number && number >= 0 && number == decimal.Truncate(number)
            ? (int)Math.Min(number, int.MaxValue)
            : throw StudioException.Invalid(name, $"’{name}’ ska vara ett heltal från noll.");
    }

    /// <summary>How many items come before the page.</summary>
    public static int Before(int? page, int size) => (int)Math.Min((long)(page ?? 0) * size, int.MaxValue);
}
