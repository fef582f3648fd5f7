using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Graph;

/// <summary>What a host chooses about compiling.</summary>
public sealed record CompileOptions
{
    public FlowMode FlowMode { get; init; } = FlowMode.Counter;

    /// <summary>Finds a definition that is used as an activity: by definition id, and version id when the step names one.</summary>
    public Func<DefinitionReference, WorkflowDefinition?>? ResolveDefinition { get; init; }

    /// <summary>True (publish): any problem throws. False (running what is stored): an unknown step compiles to one that fails when reached.</summary>
    public bool Strict { get; init; } = true;
}
