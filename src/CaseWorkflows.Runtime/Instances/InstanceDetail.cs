using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Runtime;

/// <summary>An instance with its state.</summary>
public sealed record InstanceDetail(InstanceSummary Summary, WorkflowState State);
