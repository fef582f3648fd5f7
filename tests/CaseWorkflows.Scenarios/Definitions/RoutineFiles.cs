using System.Text.Json.Nodes;

namespace CaseWorkflows.Scenarios.Definitions;

/// <summary>The routines as they stand in the repository.</summary>
internal static class RoutineFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every definition, by path below <c>workflows</c>; reference and demo data left out.</summary>
    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(Path.Combine(Root, "workflows"), "*.json", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(Root, "workflows"), f).Replace('\\', '/'))
            .Where(f => !f.StartsWith("reference/", StringComparison.Ordinal) && !f.StartsWith("demo/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, "workflows", file));

    /// <summary>Every flowchart of a definition, nested ones included.</summary>
    public static IEnumerable<JsonObject> Flowcharts(JsonNode? node)
    {
        if (node is JsonObject o)
        {
            if (o["type"]?.ToString() == "Elsa.Flowchart") yield return o;
            foreach (var (_, value) in o)
                foreach (var found in Flowcharts(value)) yield return found;
        }
        else if (node is JsonArray a)
        {
            foreach (var item in a)
                foreach (var found in Flowcharts(item)) yield return found;
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CaseWorkflows.sln"))) return folder.FullName;
        throw new InvalidOperationException("The repository root was not found.");
    }
}
