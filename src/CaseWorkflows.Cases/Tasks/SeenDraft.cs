namespace CaseWorkflows.Cases.Tasks;

/// <summary>What somebody who writes on a page has seen of the task's draft.</summary>
/// <param name="KeptAt">When the draft that the page showed was kept; <see cref="DateTimeOffset.MinValue"/> = there was none.</param>
/// <param name="Page">Tells the page from others that the same person has open; null = it does not say.</param>
public sealed record SeenDraft(DateTimeOffset KeptAt, string? Page = null)
{
    // Nobody's own page makes names as long.
    internal string? ShortPage => Page is { Length: > 0 and <= 64 } ? Page : null;
}
