using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Files;

/// <summary>Files into the database as drafts: the verb <c>workflows import</c>. Says what each would change before it does anything.</summary>
public static class WorkflowFilesImport
{
    /// <param name="apply">False only tells.</param>
    /// <returns>One line per file, Swedish; unchanged files say so and are not touched.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IDefinitionStore store, string folder, DateTimeOffset at, bool apply, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var file in DefinitionFiles.In(folder))
        {
            var document = DefinitionDocument.FromOutside(await File.ReadAllTextAsync(file.Path, cancellationToken));
            var id = document.Text("definitionId") ?? Path.GetFileNameWithoutExtension(file.Path);
            var stored = await store.FindAsync(id, VersionOptions.Latest, cancellationToken);
            var difference = stored is null ? new JsonObject { ["change"] = "Ny" } : ImportDifference.Of(stored.ToObject(), document);
            lines.Add($"{id}: {Describe(difference)}");
            if (!apply || difference.Text("change") == "Oförändrad") continue;
            await store.SaveAsync(new SaveDraft
            {
                DefinitionId = id,
                Document = document,
                Region = file.Region,
                Change = DefinitionChange.ByProduct(at, "Inläst från fil"),
                Force = true,
                Event = "Importerad",
            }, cancellationToken);
        }

        return lines;
    }

    private static string Describe(JsonObject difference)
    {
        var parts = new List<string>();
        Steps("nya steg", "addedSteps");
        Steps("borttagna steg", "removedSteps");
        Steps("ändrade steg", "changedSteps");
        Steps("ändrade inställningar", "changedSettings");
        if (difference.Int("addedConnections") is > 0 and var added) parts.Add($"{added} nya pilar");
        if (difference.Int("removedConnections") is > 0 and var removed) parts.Add($"{removed} borttagna pilar");
        return parts.Count == 0 ? difference.Text("change")! : $"{difference.Text("change")}: {string.Join("; ", parts)}";

        void Steps(string what, string name)
        {
            if (difference.Texts(name) is { Count: > 0 } texts) parts.Add($"{what} {string.Join(", ", texts)}");
        }
    }
}
