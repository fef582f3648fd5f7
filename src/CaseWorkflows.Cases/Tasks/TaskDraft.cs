namespace CaseWorkflows.Cases.Tasks;

/// <summary>What is known of a kept draft beside its values (those stand in the form's fields).</summary>
/// <param name="At">When it was kept; null for drafts of before this was noted.</param>
/// <param name="By">Short name of who wrote it.</param>
/// <param name="Outcome">The outcome it was written for; null when none was chosen.</param>
public sealed record TaskDraft(DateTimeOffset? At, string? By, string? Outcome);
