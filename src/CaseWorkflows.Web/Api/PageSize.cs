using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Web.Api;

/// <summary>How many items a list is asked for.</summary>
internal static class PageSize
{
    private const int Most = 200;

    /// <summary>At most 200; who asks for more gets that many, and a cursor.</summary>
    /// <exception cref="ValidationFailedException">No whole number, or none that a page can have.</exception>
    public static int Read(string? limit, int otherwise)
    {
        if (string.IsNullOrEmpty(limit)) return otherwise;
        return NumberText.Decimal(limit) is { } number && number == decimal.Truncate(number) && number >= 1
            ? (int)Math.Min(number, Most)
            : throw new ValidationFailedException("limit", $"Ange ett heltal mellan 1 och {Most}.");
    }
}
