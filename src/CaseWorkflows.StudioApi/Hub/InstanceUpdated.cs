namespace CaseWorkflows.StudioApi.Hub;

internal sealed record InstanceUpdated(string WorkflowInstanceId);
