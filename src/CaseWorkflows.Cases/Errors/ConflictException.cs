namespace CaseWorkflows.Cases.Errors;

/// <summary>409: the state has moved on. <see cref="Type"/> tells which way, for programs.</summary>
public sealed class ConflictException(string type, string message) : DomainException(message)
{
    public string Type { get; } = type;
}
