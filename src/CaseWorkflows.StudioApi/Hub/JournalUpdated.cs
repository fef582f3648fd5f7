namespace CaseWorkflows.StudioApi.Hub;

public sealed record JournalUpdated();
