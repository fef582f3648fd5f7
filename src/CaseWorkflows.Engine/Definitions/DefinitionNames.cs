namespace CaseWorkflows.Engine.Definitions;

/// <summary>Names that follow from a definition.</summary>
public static class DefinitionNames
{
    /// <summary>The type name of a definition used as an activity: its name in PascalCase without separators, as Elsa has it.</summary>
    public static string TypeNameOf(WorkflowDefinition d)
    {
        ArgumentNullException.ThrowIfNull(d);
        var name = string.IsNullOrWhiteSpace(d.Name) ? d.DefinitionId : d.Name;
        var words = name.Split([' ', '-', '_', '.', '/'], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }
}
