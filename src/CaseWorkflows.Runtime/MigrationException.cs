namespace CaseWorkflows.Runtime;

/// <summary>The schema could not be brought up to date. The host must not start.</summary>
public sealed class MigrationException : Exception
{
    public MigrationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
