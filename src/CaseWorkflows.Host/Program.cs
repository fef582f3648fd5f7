using CaseWorkflows.Host.Composition;
using CaseWorkflows.Host.Configuration;
using CaseWorkflows.Host.EmbeddedPostgres;
using CaseWorkflows.Host.Verbs;
using CaseWorkflows.Runtime;

try
{
    if (VerbDispatcher.Find(args) is { } verb) return await verb.RunAsync(args);
    await using var application = await CaseWorkflowsApplication.CreateAsync(args);
    await application.RunAsync();
    return 0;
}
catch (Exception e) when (e is HostConfigurationException or DataDirectoryException or MigrationException)
{
    // The person who starts the host can mend these; a stack trace would only hide the sentence that says how.
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
