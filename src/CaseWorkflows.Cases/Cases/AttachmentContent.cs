namespace CaseWorkflows.Cases.Cases;

/// <summary>An attached file with its content.</summary>
public sealed record AttachmentContent(string Name, string ContentType, byte[] Content);
