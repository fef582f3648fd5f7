using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Files;

/// <summary>
/// What an empty database starts with goes through the publish gate as everything else. A file with errors is put in as a draft, to be
/// mended in Studio, and the rest is published, also what starts the faulty routine: such a step is an incident until it is mended.
/// </summary>
public sealed class RoutineSeeding(DefinitionSeeder seeder, ActivityRegistry registry)
{
    public async Task<SeededRoutines> RunAsync(string folder, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!await seeder.IsNeededAsync(folder, cancellationToken)) return new SeededRoutines(0, [], []);
        var refused = WithErrors(await WorkflowFilesCheck.RunAsync(folder, registry));
        var withheld = refused.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        var affected = withheld.Count == 0 ? [] : WithErrors(await WorkflowFilesCheck.RunAsync(folder, registry, withheld)).Where(f => !withheld.Contains(f.Path)).ToList();
        var failed = new Dictionary<string, FileFindings>(StringComparer.Ordinal);
        var published = await seeder.SeedAsync(Path.GetFullPath(folder), at, cancellationToken, withheld,
            (path, problem) => failed[path] = new FileFindings(path, [new Finding(FindingSeverity.Error, "file", null, null, null, problem)]));
        return new SeededRoutines(published, [.. refused, .. failed.Values], affected);
    }

    private static List<FileFindings> WithErrors(IEnumerable<FileFindings> files) =>
        [.. files.Select(f => f with { Findings = [.. f.Findings.Where(x => x.Severity == FindingSeverity.Error)] }).Where(f => f.Findings.Count > 0)];
}
