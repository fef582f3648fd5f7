using CaseWorkflows.Host.Composition;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Files;

namespace CaseWorkflows.Host.Verbs;

/// <summary>Published routines of this host's database back to files.</summary>
internal sealed class WorkflowsExportVerb : IVerb
{
    public string Words => "workflows export";

    public string Help => "write the published routines to a folder in stable form (default: workflows); settings as for serving";

    public async Task<int> RunAsync(string[] args)
    {
        var folder = args.FirstOrDefault(a => !a.StartsWith('-')) ?? "workflows";
        await using var application = await CaseWorkflowsApplication.CreateAsync([.. args.Where(a => a.StartsWith('-'))]);
        var written = await WorkflowFilesExport.RunAsync(application.Services.GetRequiredService<IDefinitionStore>(), folder, CancellationToken.None);
        foreach (var path in written) Console.WriteLine(path);
        Console.WriteLine(written.Count == 0 ? "Inget har ändrats." : $"{written.Count} filer skrivna.");
        return 0;
    }
}
