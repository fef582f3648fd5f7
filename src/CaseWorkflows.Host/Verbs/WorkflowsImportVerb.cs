using CaseWorkflows.Host.Composition;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Files;

namespace CaseWorkflows.Host.Verbs;

/// <summary>Files into this host's database as drafts; without --apply it only tells what would change.</summary>
internal sealed class WorkflowsImportVerb : IVerb
{
    private const string Apply = "--apply";

    public string Words => "workflows import";

    public string Help => "tell what the routines of a folder would change (default: workflows); with --apply take them in as drafts";

    public async Task<int> RunAsync(string[] args)
    {
        var folder = args.FirstOrDefault(a => !a.StartsWith('-')) ?? "workflows";
        await using var application = await CaseWorkflowsApplication.CreateAsync([.. args.Where(a => a.StartsWith('-') && a != Apply)]);
        var now = await application.Services.GetRequiredService<IBusinessClock>().NowAsync();
        var lines = await WorkflowFilesImport.RunAsync(application.Services.GetRequiredService<IDefinitionStore>(), folder, now, args.Contains(Apply), CancellationToken.None);
        foreach (var line in lines) Console.WriteLine(line);
        return 0;
    }
}
