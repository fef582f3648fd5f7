namespace CaseWorkflows.StudioApi.Pages;

/// <summary>An instance near the one that is open: the one that started it, or one that it started.</summary>
/// <param name="Routine">The routine's name.</param>
/// <param name="StartedThis">True: it started the open one. False: it was started by it.</param>
public sealed record StudioRun(Guid InstanceId, string Routine, bool StartedThis)
{
    public string Address => $"/studio/workflows/instances/{InstanceId}/view";
}
