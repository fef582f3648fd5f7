namespace CaseWorkflows.Host.Verbs;

/// <summary>Something the host's command line does instead of serving.</summary>
internal interface IVerb
{
    /// <summary>The words that call it, such as <c>journal verify</c>.</summary>
    string Words { get; }

    /// <summary>One line for the list of verbs.</summary>
    string Help { get; }

    /// <param name="args">What follows the words.</param>
    /// <returns>The exit code.</returns>
    Task<int> RunAsync(string[] args);
}
