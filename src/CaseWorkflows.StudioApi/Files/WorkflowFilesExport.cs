using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Files;

/// <summary>What has been edited, back to the folder <c>workflows</c>, in the stable form: the verb <c>workflows export</c>.</summary>
public static class WorkflowFilesExport
{
    /// <summary>Writes every published routine; a file whose routine is unchanged is left alone, down to the last blank.</summary>
    /// <returns>The files written, sorted.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IDefinitionStore store, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        // Where a routine already lies is where it stays.
        var existing = DefinitionFiles.In(folder).ToDictionary(f => Path.GetFileNameWithoutExtension(f.Path), f => f.Path, StringComparer.Ordinal);
        var written = new List<string>();
        foreach (var version in (await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.Published, OrderBy = "Name" }, cancellationToken)).Items)
        {
            var stored = (await store.FindVersionAsync(version.Id, cancellationToken))!;
            var path = existing.GetValueOrDefault(version.DefinitionId) ?? Path.Combine(folder, DefinitionFiles.FolderOf(version.Region), FileName(version.DefinitionId));
            var text = StableForm.Write(stored.ToObject());
            if (File.Exists(path) && Same(await File.ReadAllTextAsync(path, cancellationToken), text)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, cancellationToken);
            written.Add(path);
        }

        written.Sort(StringComparer.Ordinal);
        return written;
    }

    private static bool Same(string file, string text)
    {
        try
        {
            return StableForm.Write(DefinitionDocument.Parse(file)) == text;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static string FileName(string definitionId) =>
        string.Concat(definitionId.Select(c => Path.GetInvalidFileNameChars().Contains(c) || c == '/' ? '_' : c)) + ".json";
}
