namespace CaseWorkflows.StudioApi.Hub;

public sealed record InstanceUpdated(string WorkflowInstanceId);
