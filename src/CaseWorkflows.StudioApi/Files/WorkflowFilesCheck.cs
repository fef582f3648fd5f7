using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Files;

/// <summary>The publish gate for files, without a host or a database: the verb <c>workflows check</c>.</summary>
public static class WorkflowFilesCheck
{
    /// <summary>Checks a file, or every definition below a folder.</summary>
    /// <param name="path">A file or folder; reference data is looked for in <c>reference</c> there, or beside it in a folder above.</param>
    public static Task<IReadOnlyList<FileFindings>> RunAsync(string path, ActivityRegistry registry) => RunAsync(path, registry, new HashSet<string>());

    /// <param name="withheld">Paths of files that will not be published, and so cannot be started by others.</param>
    internal static async Task<IReadOnlyList<FileFindings>> RunAsync(string path, ActivityRegistry registry, IReadOnlySet<string> withheld)
    {
        var whole = Path.GetFullPath(path);
        if (!File.Exists(whole) && !Directory.Exists(whole)) return [new FileFindings(whole, [new Finding(FindingSeverity.Error, "path", null, null, null, "Det finns ingen sådan fil eller mapp.")])];
        var files = File.Exists(whole) ? [new DefinitionFile(whole, "")] : DefinitionFiles.In(whole);
        var root = RootOf(File.Exists(whole) ? Path.GetDirectoryName(whole)! : whole);
        var documents = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var results = new List<FileFindings>();
        // Routines may start others that lie beside them, so all are read first.
        foreach (var file in root is null ? files : DefinitionFiles.In(root).Concat(files).DistinctBy(f => f.Path))
        {
            if (Read(file.Path, out var problem) is { } document) documents[file.Path] = document;
            else if (files.Any(f => f.Path == file.Path))
                results.Add(new FileFindings(file.Path, [new Finding(FindingSeverity.Error, "json", null, null, null, problem!)]));
        }

        var view = root is null ? null : ReferenceFiles.Read(Path.Combine(root, "reference")).At(DateTimeOffset.UtcNow);
        var there = documents.Where(d => !withheld.Contains(d.Key)).Select(d => d.Value).ToList();
        var ids = there.Select(d => d.Text("definitionId")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var usable = there.Where(d => d.Object("options")?.Bool("usableAsActivity") == true)
            .GroupBy(d => GraphCache.TypeNameOf(d.Text("name") ?? "")).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var steps = new RoutineSteps();
        foreach (var document in there)
            steps.Add(document.Text("definitionId") ?? "", document.Text("name") ?? "", document, document.Object("options")?.Bool("usableAsActivity") == true);
        var started = new StartedRoutines(registry, usable.Values.Select(d => (d.Text("name") ?? "", d.Text("definitionId") ?? "")));
        foreach (var document in there.Where(d => d.Text("definitionId") is { Length: > 0 })) started.Add(document.Text("definitionId")!, document);
        var first = documents.Where(d => d.Value.Text("definitionId") is { Length: > 0 }).GroupBy(d => d.Value.Text("definitionId")!, d => d.Key)
            .ToDictionary(g => g.Key, g => g.Min(StringComparer.Ordinal)!, StringComparer.Ordinal);
        foreach (var file in files.Where(f => documents.ContainsKey(f.Path)))
        {
            var document = documents[file.Path];
            var check = new DefinitionCheck(registry, new FileVocabulary(view, document.Text("definitionId") is { } own ? [.. ids, own] : ids));
            var findings = await check.RunAsync(document, () => Task.FromResult(Compile(document, registry, documents, usable)), steps.OutcomesOf, started);
            results.Add(new FileFindings(file.Path, IdProblem(file.Path, document, first) is { } wrong ? [wrong, .. findings] : findings));
        }

        return [.. results.OrderBy(r => r.Path, StringComparer.Ordinal)];
    }

    private static WorkflowGraph Compile(JsonObject document, ActivityRegistry registry, Dictionary<string, JsonObject> documents, Dictionary<string, JsonObject> usable) =>
        WorkflowGraph.Compile(WorkflowDefinition.FromJson((JsonObject)document.DeepClone()), registry, new CompileOptions
        {
            ResolveDefinition = reference =>
            {
                var found = documents.Values.FirstOrDefault(d => d.Text("definitionId") == reference.DefinitionId) ?? usable.GetValueOrDefault(reference.TypeName);
                return found is null ? null : WorkflowDefinition.FromJson((JsonObject)found.DeepClone());
            },
        });

    /// <summary>What only the file shows: an id that none may have, or that another file has, which then is the one that counts.</summary>
    private static Finding? IdProblem(string path, JsonObject document, Dictionary<string, string> first)
    {
        var id = document.Text("definitionId") is { Length: > 0 } own ? own : Path.GetFileNameWithoutExtension(path);
        if (DefinitionIds.Problem(id) is { } problem) return new Finding(FindingSeverity.Error, "definition-id", null, null, null, problem);
        return first.TryGetValue(id, out var other) && other != path
            ? new Finding(FindingSeverity.Error, "same-definition-id", null, null, null, $"Filen {Path.GetFileName(other)} har samma rutin-id, ’{id}’, och är den som gäller. Ge den här filen ett eget.")
            : null;
    }

    private static JsonObject? Read(string path, out string? problem)
    {
        problem = null;
        try
        {
            var document = DefinitionDocument.FromOutside(File.ReadAllText(path));
            if (document["root"] is JsonObject) return document;
            problem = "Filen är ingen rutin: den saknar ett flöde (root).";
        }
        catch (JsonException e)
        {
            problem = $"Filen går inte att läsa som JSON (rad {(e.LineNumber ?? 0) + 1}).";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = "Filen går inte att öppna.";
        }

        return null;
    }

    /// <summary>The nearest folder, here or above, that has reference data.</summary>
    private static string? RootOf(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, "reference"))) return at.FullName;
        return null;
    }

    private sealed class FileVocabulary(ReferenceView? view, HashSet<string> routines) : ICheckVocabulary
    {
        public IReadOnlySet<string>? ValuesOf(string provider)
        {
            return provider == "routines" ? routines : ReferenceChoices.WordsOf(view, provider);
        }
    }
}
