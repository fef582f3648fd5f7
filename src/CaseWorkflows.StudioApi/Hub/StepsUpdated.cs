namespace CaseWorkflows.StudioApi.Hub;

internal sealed record StepsUpdated(IReadOnlyList<StepStatistics> Stats);
