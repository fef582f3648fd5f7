namespace CaseWorkflows.Cases.Tasks;

/// <summary>A message to the resident that has not been sent.</summary>
/// <param name="Kind">Svar, Delsvar, Motfråga, Standardsvar …</param>
/// <param name="Recipient">Name and capacity of whoever gets it, as on the case.</param>
/// <param name="Channel">By which way the case came and the message goes.</param>
/// <param name="Text">In full.</param>
/// <param name="Blocked">Kept in the thread but not delivered (protected identity).</param>
public sealed record PreviewedMessage(string Kind, string Recipient, string Channel, string Text, bool Blocked);
