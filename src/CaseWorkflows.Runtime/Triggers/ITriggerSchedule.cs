namespace CaseWorkflows.Runtime;

/// <summary>The coming starts of scheduled triggers.</summary>
public interface ITriggerSchedule
{
    /// <summary>Computes all coming starts anew; call it when the data they follow from (opening hours, units) has changed.</summary>
    Task RescheduleAsync(CancellationToken ct = default);
}
