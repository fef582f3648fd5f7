namespace CaseWorkflows.Engine.Text;

/// <summary>What a reader of JSON from outside takes.</summary>
public sealed record OutsideJsonOptions
{
    public static OutsideJsonOptions Default { get; } = new();

    /// <summary>Objects and lists inside each other.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Elements of one list.</summary>
    public int MostElements { get; init; } = int.MaxValue;

    /// <summary>Properties of one object.</summary>
    public int MostProperties { get; init; } = int.MaxValue;

    /// <summary>Objects, lists and plain values altogether.</summary>
    public int MostValues { get; init; } = int.MaxValue;

    /// <summary>UTF-16 code units of a property's name.</summary>
    public int LongestName { get; init; } = int.MaxValue;

    /// <summary>A U+0000 becomes U+FFFD instead of a fault; where the answer may not tell one wrong text from another.</summary>
    public bool MendNull { get; init; }

    /// <summary>Comments and commas before a closing bracket pass; for files that people write.</summary>
    public bool Lenient { get; init; }
}
