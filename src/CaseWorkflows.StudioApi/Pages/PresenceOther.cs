namespace CaseWorkflows.StudioApi.Pages;

/// <summary>Somebody else in the editor; the time is Swedish, hours and minutes.</summary>
internal sealed record PresenceOther(string Name, string Since);
