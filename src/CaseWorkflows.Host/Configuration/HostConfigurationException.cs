namespace CaseWorkflows.Host.Configuration;

/// <summary>The configuration is wrong or not allowed in this environment. Holds every problem at once.</summary>
public sealed class HostConfigurationException : Exception
{
    public HostConfigurationException() { }

    public HostConfigurationException(string message) : base(message) { }

    public HostConfigurationException(string message, Exception innerException) : base(message, innerException) { }

    public HostConfigurationException(IReadOnlyList<string> problems)
        : base("The host does not start with this configuration:" + string.Concat(problems.Select(p => "\n  * " + p))) => Problems = problems;

    public IReadOnlyList<string> Problems { get; } = [];
}
