namespace CaseWorkflows.Cases.Sweeps;

/// <summary>Asks for what a notice may say of another case than the routine's own. The answer is a <see cref="NoticeCase"/>, or null: not there, or not to be reached from here.</summary>
public sealed record NoticeCaseQuery(Guid CaseId);
