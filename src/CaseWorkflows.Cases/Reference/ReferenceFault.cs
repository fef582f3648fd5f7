namespace CaseWorkflows.Cases.Reference;

/// <summary>A row of reference data that cannot be used as it stands.</summary>
/// <param name="Message">What is wrong, in Swedish.</param>
/// <param name="LeftOut">The row is not there for anybody until it is mended; false: it is used, but not found by everything it says, or a value in it counts as not set.</param>
public sealed record ReferenceFault(string Kind, string Id, string? Region, DateTimeOffset ValidFrom, string Message, bool LeftOut = true);
