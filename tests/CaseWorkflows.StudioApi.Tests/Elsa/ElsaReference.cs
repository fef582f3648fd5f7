using System.Text.Json.Nodes;

namespace CaseWorkflows.StudioApi.Tests.Elsa;

/// <summary>What was observed of a real Elsa host; other people's data, read where it lies and never copied.</summary>
public static class ElsaReference
{
    public const string Absent = "the folder shared/elsa is not beside the repository";

    public static string? Folder { get; } = Find();

    public static JsonNode Read(params string[] path) => JsonNode.Parse(File.ReadAllText(Path.Combine([Folder!, .. path])))!;

    public static IEnumerable<string> Files(params string[] path) =>
        Folder is null ? [] : Directory.EnumerateFiles(Path.Combine([Folder, .. path]), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "elsa", "fixtures"))) return Path.Combine(folder.FullName, "shared", "elsa");
        return null;
    }
}
