using System.Text.RegularExpressions;

namespace CaseWorkflows.Cases.History;

/// <summary>Finds what may be ids and numbers of cases in a text; whether they are is the database's to say.</summary>
internal static partial class CaseNames
{
    public static IReadOnlyCollection<Guid> Ids(string text) => [.. Id().Matches(text).Select(m => Guid.Parse(m.ValueSpan)).Distinct()];

    public static IReadOnlyCollection<string> Numbers(string text) => [.. Number().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    private static partial Regex Id();

    /// <summary>As they are given out: the unit's prefix, the year, six digits.</summary>
    [GeneratedRegex(@"[\p{L}\p{Nd}_-]{1,60}-[0-9]{4}-[0-9]{6,}", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
