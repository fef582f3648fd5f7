namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>The data folder cannot be used: in use, written by another version, or not ours. The message is for the person who starts the host.</summary>
public sealed class DataDirectoryException : Exception
{
    public DataDirectoryException() { }

    public DataDirectoryException(string message) : base(message) { }

    public DataDirectoryException(string message, Exception innerException) : base(message, innerException) { }
}
