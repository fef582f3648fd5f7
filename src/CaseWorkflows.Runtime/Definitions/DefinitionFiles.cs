namespace CaseWorkflows.Runtime.Definitions;

/// <summary>The layout of the folder <c>workflows</c>: a folder per region, one definition per file.</summary>
public static class DefinitionFiles
{
    /// <summary>Shared routines; every region runs them, only their own owners edit them.</summary>
    public const string Shared = "gemensamt";

    private static readonly Dictionary<string, string> RegionOfFolder = new(StringComparer.OrdinalIgnoreCase)
    {
        ["vgr"] = "VGR",
        ["ostergotland"] = "RÖ",
        ["gavleborg"] = "RG",
        [Shared] = Shared,
    };

    /// <summary>Every definition file below the folder, sorted by path.</summary>
    public static IReadOnlyList<DefinitionFile> In(string folder) =>
        Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(path => (Path: path, Parts: Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)))
            .Where(f => f.Parts[0] is not ("reference" or "reports" or "demo") && f.Parts.Length <= 3)
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => new DefinitionFile(f.Path, f.Parts.Length > 1 ? RegionOf(f.Parts[0]) : Shared))
            .ToList();

    public static string RegionOf(string folder) => RegionOfFolder.GetValueOrDefault(folder, folder);

    public static string FolderOf(string region) => RegionOfFolder.FirstOrDefault(p => p.Value == region).Key ?? region;
}
