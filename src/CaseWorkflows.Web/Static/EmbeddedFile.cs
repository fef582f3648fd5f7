namespace CaseWorkflows.Web.Static;

internal sealed record EmbeddedFile(string Path, string ContentType, string Version, byte[] Content);
