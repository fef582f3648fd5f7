namespace CaseWorkflows.StudioApi.Hub;

/// <summary>How often a step was entered and left; the shape is that of the report that the viewer reads at start.</summary>
public sealed record StepStatistics(string ActivityId, string ActivityNodeId, long StartedCount, long CompletedCount, long UncompletedCount,
    bool IsBlocked, bool IsFaulted);
