using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Reference;

/// <summary>The reference data of the files that an empty database starts with, read without a database: for checking routines on disk.</summary>
public static class ReferenceFiles
{
    private static readonly (string File, string Kind)[] Files =
    [
        ("regions", ReferenceKinds.Region), ("units", ReferenceKinds.Unit), ("roles", ReferenceKinds.Role), ("case_types", ReferenceKinds.CaseType),
        ("phrases", ReferenceKinds.Phrase), ("routine_documents", ReferenceKinds.RoutineDocument), ("routing", ReferenceKinds.Routing), ("settings", ReferenceKinds.Setting),
    ];

    /// <param name="folder">The folder with the files; what is not there is left out.</param>
    public static ReferenceSnapshot Read(string folder)
    {
        var rows = new List<ReferenceRow>();
        foreach (var (file, kind) in Files)
        {
            var path = Path.Combine(folder, file + ".json");
            if (!File.Exists(path)) continue;
            foreach (var document in (OutsideJson.Parse(File.ReadAllBytes(path)) as JsonArray ?? []).OfType<JsonObject>())
                rows.Add(new ReferenceRow(kind, ReferenceIds.IdOf(kind, document), DateTimeOffset.MinValue, null, document["region"]?.ToString(), document, 1));
        }

        return new ReferenceSnapshot(1, rows);
    }
}
