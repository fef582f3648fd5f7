using System.Globalization;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Which version of a definition is meant: a named one or a number. The text form is Elsa's (<c>Latest</c>, <c>Published</c>, <c>3</c>…).</summary>
public readonly record struct VersionOptions
{
    private VersionOptions(VersionSelector selector, int number = 0)
    {
        Selector = selector;
        Number = number;
    }

    public VersionSelector Selector { get; }

    /// <summary>The version number when <see cref="Selector"/> is <see cref="VersionSelector.Specific"/>, else 0.</summary>
    public int Number { get; }

    public static VersionOptions Published { get; } = new(VersionSelector.Published);
    public static VersionOptions Latest { get; } = new(VersionSelector.Latest);
    public static VersionOptions LatestOrPublished { get; } = new(VersionSelector.LatestOrPublished);
    public static VersionOptions LatestAndPublished { get; } = new(VersionSelector.LatestAndPublished);
    public static VersionOptions Draft { get; } = new(VersionSelector.Draft);
    public static VersionOptions All { get; } = new(VersionSelector.All);

    public static VersionOptions Specific(int number) => new(VersionSelector.Specific, number);

    /// <summary>Reads Elsa's text form; an empty text is <see cref="All"/>. False when the text means nothing.</summary>
    public static bool TryParse(string? text, out VersionOptions options)
    {
        if (SoundText.IsBlank(text))
        {
            options = All;
            return true;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            options = Specific(number);
            return true;
        }

        options = text.Trim() switch
        {
            var t when Is(t, "Latest") => Latest,
            var t when Is(t, "Published") => Published,
            var t when Is(t, "LatestOrPublished") => LatestOrPublished,
            var t when Is(t, "LatestAndPublished") => LatestAndPublished,
            var t when Is(t, "Draft") => Draft,
            var t when Is(t, "AllVersions") || Is(t, "All") => All,
            _ => default,
        };
        return options.Selector != VersionSelector.None;

        static bool Is(string text, string name) => string.Equals(text, name, StringComparison.OrdinalIgnoreCase);
    }

    public override string ToString() => Selector switch
    {
        VersionSelector.Specific => Number.ToString(CultureInfo.InvariantCulture),
        VersionSelector.All => "AllVersions",
        _ => Selector.ToString(),
    };

    /// <summary>The condition over <c>workflow_definition_version v</c>; a number needs the parameter <c>@version</c>.</summary>
    internal string Where => Selector switch
    {
        VersionSelector.Latest => "v.is_latest",
        VersionSelector.Published => "v.is_published",
        VersionSelector.LatestOrPublished => "(v.is_latest or v.is_published)",
        VersionSelector.LatestAndPublished => "(v.is_latest and v.is_published)",
        VersionSelector.Draft => "(v.is_latest and not v.is_published)",
        VersionSelector.Specific => "v.version = @version",
        _ => "true",
    };
}
