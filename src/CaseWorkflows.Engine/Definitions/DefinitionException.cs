namespace CaseWorkflows.Engine.Definitions;

/// <summary>A definition that cannot be run, with every problem found, not only the first.</summary>
public sealed class DefinitionException : Exception
{
    public DefinitionException(IReadOnlyList<DefinitionProblem> problems)
        : base(string.Join(" ", problems.Select(p => p.Message)))
    {
        Problems = problems;
    }

    public IReadOnlyList<DefinitionProblem> Problems { get; }

    public static DefinitionException One(string path, string? nodeId, string code, string message) =>
        new([new DefinitionProblem(path, nodeId, code, message)]);
}
