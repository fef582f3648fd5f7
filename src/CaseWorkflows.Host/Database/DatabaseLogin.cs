namespace CaseWorkflows.Host.Database;

/// <summary>A role of the database server that signs in with a password.</summary>
internal sealed record DatabaseLogin(string Name, string Password);
