namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>What comes with an import beside the file.</summary>
internal sealed record ImportChoices(DateTimeOffset At, string? Reason, long? BasedOn, string? Session, string? Confirmed);
