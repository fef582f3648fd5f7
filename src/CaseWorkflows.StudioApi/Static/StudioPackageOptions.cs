using CaseWorkflows.Assets;

namespace CaseWorkflows.StudioApi.Static;

/// <summary>Where the Elsa Studio package lies.</summary>
public sealed class StudioPackageOptions
{
    /// <summary>The folder with the package's package.json, _framework and _content; unless set, where the build puts what it fetches.</summary>
    public string Folder { get => field ?? AssetFolders.Package("@elsa-workflows/elsa-studio-wasm"); set; }
}
