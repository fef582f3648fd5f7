namespace CaseWorkflows.Assets;

/// <summary>Where the packages fetched from npm lie: beside a published host, or in the source tree.</summary>
public static class AssetFolders
{
    private static readonly Lazy<string> LazyRoot = new(FindRoot);

    /// <summary>The folder that holds the packages by name. Throws <see cref="DirectoryNotFoundException"/> when nothing has been fetched.</summary>
    public static string Root => LazyRoot.Value;

    /// <summary>The folder of one package, such as <c>@elsa-workflows/elsa-studio-wasm</c>.</summary>
    public static string Package(string name)
    {
        var folder = Path.Combine([Root, .. name.Split('/')]);
        return Directory.Exists(folder)
            ? folder
            : throw new DirectoryNotFoundException($"The npm package {name} is not in {Root}. Build the solution again, with the network reachable.");
    }

    private static string FindRoot()
    {
        var published = Path.Combine(AppContext.BaseDirectory, "assets");
        if (Directory.Exists(published)) return published;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var nodeModules = Path.Combine(folder.FullName, "src", "CaseWorkflows.Assets", "node_modules");
            if (Directory.Exists(nodeModules)) return nodeModules;
        }

        throw new DirectoryNotFoundException(
            $"Neither {published} nor src/CaseWorkflows.Assets/node_modules above it exists. Build the solution, or publish it with dotnet publish.");
    }
}
