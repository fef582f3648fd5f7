using System.Text.RegularExpressions;

namespace CaseWorkflows.Engine.Definitions;

/// <summary>Names that follow from a definition.</summary>
public static partial class DefinitionNames
{
    /// <summary>The type name of a definition used as an activity: its name in PascalCase, by the same rule as Elsa's, so that stored steps match.</summary>
    public static string TypeNameOf(WorkflowDefinition d)
    {
        ArgumentNullException.ThrowIfNull(d);
        var name = string.IsNullOrWhiteSpace(d.Name) ? d.DefinitionId : d.Name;
        return Words().Replace(name, m => m.Groups[1].Value.ToUpperInvariant());
    }

    [GeneratedRegex("(?:[ _-]+|^)([a-zA-Z])")]
    private static partial Regex Words();
}
