using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>Where a step reports what is wrong with it.</summary>
public sealed class ActivityValidation
{
    private readonly List<DefinitionProblem> _problems;

    internal ActivityValidation(Activity activity, string path, List<DefinitionProblem> problems)
    {
        Activity = activity;
        Path = path;
        _problems = problems;
    }

    public Activity Activity { get; }

    public string Path { get; }

    /// <param name="input">PascalCase name of the input at fault, or null for the step itself.</param>
    /// <param name="code">Stable and short.</param>
    /// <param name="message">Swedish, for a process owner.</param>
    public void Problem(string? input, string code, string message) =>
        _problems.Add(new DefinitionProblem(input is null ? Path : $"{Path}.{Names.Camel(input)}", Activity.NodeId, code, message));

    /// <summary>The input's text when it is a literal; null when it is absent or an expression.</summary>
    public static string? LiteralText(Input? input) => input?.Expression is { Type: "Literal" } e ? e.Value?.ToString() : null;

    public static bool IsMissing(Input? input) => input?.Expression is null || (input.Expression.Type == "Literal" && string.IsNullOrWhiteSpace(input.Expression.Value?.ToString()));
}
