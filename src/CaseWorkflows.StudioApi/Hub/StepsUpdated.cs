namespace CaseWorkflows.StudioApi.Hub;

public sealed record StepsUpdated(IReadOnlyList<StepStatistics> Stats);
