namespace CaseWorkflows.Cases.Sweeps;

/// <summary>What a notice may say of a case.</summary>
/// <param name="Type">Name of the case type.</param>
public sealed record NoticeCase(Guid Id, string Number, string Type, bool Protected);
