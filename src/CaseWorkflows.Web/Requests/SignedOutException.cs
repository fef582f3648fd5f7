namespace CaseWorkflows.Web.Requests;

/// <summary>The cookie names somebody who is no longer there.</summary>
internal sealed class SignedOutException : Exception;
