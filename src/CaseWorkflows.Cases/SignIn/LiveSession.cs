using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>The session of a request, as the database had it when the request began.</summary>
/// <param name="MustChange">The password was set by somebody else.</param>
/// <param name="Reference">Reference data of the same moment: the check brought its version along.</param>
public sealed record LiveSession(Guid Id, string PersonId, bool MustChange, ReferenceSnapshot Reference);
