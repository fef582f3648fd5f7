using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Files;

namespace CaseWorkflows.Host.Verbs;

/// <summary>The publish gate on files: errors end with 1.</summary>
internal sealed class WorkflowsCheckVerb : IVerb
{
    public string Words => "workflows check";

    public string Help => "check the routines of a file or folder as publishing would (default: workflows)";

    public async Task<int> RunAsync(string[] args)
    {
        var registry = ActivityRegistry.CreateDefault().RegisterAssembly(typeof(Actor).Assembly);
        var results = await WorkflowFilesCheck.RunAsync(args.FirstOrDefault() ?? "workflows", registry);
        foreach (var (path, findings) in results)
        {
            Console.WriteLine($"{Path.GetRelativePath(Environment.CurrentDirectory, path)}: {(findings.Count == 0 ? "inget att anmärka" : $"{findings.Count(f => f.Severity == FindingSeverity.Error)} fel, {findings.Count(f => f.Severity == FindingSeverity.Warning)} varningar")}");
            foreach (var finding in findings) Console.WriteLine($"  {(finding.Severity == FindingSeverity.Error ? "FEL    " : "VARNING")} {finding.Message} [{finding.Code}{(finding.NodeId is null ? "" : $" {finding.NodeId}")}]");
        }

        if (results.Count == 0) Console.WriteLine("Inga rutiner hittades.");
        return results.Count == 0 || results.Any(r => r.Findings.Any(f => f.Severity == FindingSeverity.Error)) ? 1 : 0;
    }
}
