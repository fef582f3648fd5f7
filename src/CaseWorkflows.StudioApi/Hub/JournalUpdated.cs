namespace CaseWorkflows.StudioApi.Hub;

internal sealed record JournalUpdated();
