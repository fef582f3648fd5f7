namespace CaseWorkflows.StudioApi.Hub;

/// <summary>What the viewer understands; the names are Studio's.</summary>
public interface IInstanceHubClient
{
    /// <summary>The instance and its variables are read again.</summary>
    Task WorkflowInstanceUpdatedAsync(InstanceUpdated message);

    /// <summary>The journal is read again.</summary>
    Task WorkflowExecutionLogUpdatedAsync(JournalUpdated message);

    /// <summary>The marks on the steps.</summary>
    Task ActivityExecutionLogUpdatedAsync(StepsUpdated message);
}
