namespace CaseWorkflows.Cases.History;

/// <summary>One page of readings, the latest first.</summary>
/// <param name="Of">Case number or person that was asked about.</param>
/// <param name="Items">The readings.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
public sealed record ReadPage(string Of, IReadOnlyList<ReadItem> Items, string? Next);
