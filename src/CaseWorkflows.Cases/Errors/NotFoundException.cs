namespace CaseWorkflows.Cases.Errors;

/// <summary>404: it does not exist, or not for somebody without a role in its region.</summary>
public sealed class NotFoundException() : DomainException("Det du söker finns inte.");
