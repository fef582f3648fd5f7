namespace CaseWorkflows.Engine.Text;

/// <summary>What a reader of JSON from outside takes.</summary>
public sealed record OutsideJsonOptions
{
    public static OutsideJsonOptions Default { get; } = new();

    /// <summary>Objects and lists inside each other.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>A U+0000 becomes U+FFFD instead of a fault; where the answer may not tell one wrong text from another.</summary>
    public bool MendNull { get; init; }

    /// <summary>Comments and commas before a closing bracket pass; for files that people write.</summary>
    public bool Lenient { get; init; }
}
