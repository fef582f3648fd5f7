namespace CaseWorkflows.Cases.Errors;

/// <summary>409: the state has moved on. <see cref="Type"/> tells which way, for programs.</summary>
/// <param name="field">The field that clashes with what is there; null = none in particular.</param>
public sealed class ConflictException(string type, string message, string? field = null) : DomainException(message)
{
    public string Type { get; } = type;

    public string? Field { get; } = field;
}
