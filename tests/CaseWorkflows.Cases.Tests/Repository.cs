namespace CaseWorkflows.Cases.Tests;

/// <summary>Where the repository's own files are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string ReferenceFolder => Path.Combine(Root, "workflows", "reference");

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "CaseWorkflows.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not inside the repository."));
}
