namespace CaseWorkflows.Engine.Activities.Composition;

/// <summary>What a Complete step completes: a workflow, or a step with a workflow inside.</summary>
internal interface IComposite;
