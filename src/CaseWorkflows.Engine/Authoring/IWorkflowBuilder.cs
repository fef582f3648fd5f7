namespace CaseWorkflows.Engine.Authoring;

/// <summary>What a workflow in code says about itself.</summary>
public interface IWorkflowBuilder
{
    string DefinitionId { get; set; }

    string? Name { get; set; }

    string? Description { get; set; }

    int Version { get; set; }

    Activity? Root { get; set; }

    /// <summary>Declares a variable of the workflow.</summary>
    Variable<T> WithVariable<T>(string name, T? value = default);

    void WithInput<T>(string name, string? displayName = null);

    void WithOutput<T>(string name, string? displayName = null);

    /// <summary>A failing step becomes an incident and the rest goes on.</summary>
    void ContinueWithIncidents();
}
