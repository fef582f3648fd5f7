namespace CaseWorkflows.StudioApi.Static;

/// <summary>Where the Elsa Studio package lies.</summary>
public sealed class StudioPackageOptions
{
    /// <summary>The folder with the package's package.json, _framework and _content.</summary>
    public string Folder { get; set; } = "";
}
