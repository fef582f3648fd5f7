namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Somebody who has a routine open in a window of the editor; machine time.</summary>
public sealed record EditingPresence(string Session, string PersonId, string PersonName, DateTimeOffset Since, DateTimeOffset SeenAt);
