using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Database;

/// <summary>LIKE patterns of what people type into a search box: every word has to be found, in any order.</summary>
/// <param name="Text">The word anywhere, in composed form and lower case, as the search columns have it.</param>
/// <param name="Number">The same, or where the word is written like a patient's number, that number as it is stored.</param>
internal sealed record SearchPattern(string Text, string Number)
{
    /// <summary>Has to be named with each LIKE of EF Core, whose own default is none; it is PostgreSQL's.</summary>
    public const string Escape = "\\";

    private const int MostWords = 10;

    /// <param name="asked">As typed; blank = no search, and no patterns.</param>
    /// <param name="today">Local date, for the century of a number.</param>
    public static IReadOnlyList<SearchPattern> Of(string? asked, DateOnly today)
    {
        if (SoundText.IsBlank(asked)) return [];
        var sound = SoundText.Of(asked).Trim().ToLowerInvariant();
        // A number written with spaces is one word.
        if (PersonalNumber.SearchText(sound, today) is { } number) return [new SearchPattern(Anywhere(sound), Anywhere(number))];
        return [.. sound.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MostWords)
            .Select(word => new SearchPattern(Anywhere(word), Anywhere(PersonalNumber.SearchText(word, today) ?? word)))];
    }

    // What LIKE would read as wild cards is taken as it stands.
    private static string Anywhere(string text) => $"%{text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
}
