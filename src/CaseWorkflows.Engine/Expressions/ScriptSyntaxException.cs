namespace CaseWorkflows.Engine.Expressions;

/// <summary>A script that does not parse. The message is Swedish and names the line.</summary>
internal sealed class ScriptSyntaxException(int line, string message) : Exception($"rad {line}: {message}")
{
    public int Line { get; } = line;
}
