namespace CaseWorkflows.Web.Shell;

/// <summary>One link of the header. <see cref="Key"/> marks the page where it is the current one; <see cref="Counted"/> says what is counted, null for tasks.</summary>
public sealed record NavItem(string Key, string Text, string Url, int? Count = null, bool Enhanced = true, string? Counted = null);
