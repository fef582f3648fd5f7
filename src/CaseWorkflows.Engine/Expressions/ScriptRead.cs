namespace CaseWorkflows.Engine.Expressions;

/// <summary>A name that a script reads or calls.</summary>
/// <param name="Argument">Of a call: its first argument, when it is a text that stands there.</param>
/// <param name="Member">The property that is taken of it, when it is one that stands there.</param>
public readonly record struct ScriptRead(string Name, string? Argument, string? Member)
{
    public bool IsCall { get; init; }
}
