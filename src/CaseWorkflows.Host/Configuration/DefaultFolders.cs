namespace CaseWorkflows.Host.Configuration;

/// <summary>Folders that lie beside a published host, or in the source tree above a built one.</summary>
internal static class DefaultFolders
{
    public static string Workflows()
    {
        var published = Path.Combine(AppContext.BaseDirectory, "workflows");
        if (Directory.Exists(published)) return published;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CaseWorkflows.sln"))) return Path.Combine(folder.FullName, "workflows");
        }

        return published;
    }
}
