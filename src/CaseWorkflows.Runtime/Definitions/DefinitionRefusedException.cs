namespace CaseWorkflows.Runtime.Definitions;

/// <summary>A change that the store does not make; the message is Swedish and meant for the editor.</summary>
/// <param name="code">newer-draft, drops-steps, read-only, changed-meanwhile, four-eyes or invalid.</param>
/// <param name="message">A sentence for the person.</param>
/// <param name="confirmation">Sent back with the same document, it lets the change through; null when nothing does.</param>
public sealed class DefinitionRefusedException(string code, string message, string? confirmation = null) : Exception(message)
{
    public string Code { get; } = code;

    public string? Confirmation { get; } = confirmation;
}
