using CaseWorkflows.StudioApi.Static;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>What the document around a page needs to know.</summary>
public sealed record StudioPageModel
{
    /// <summary>What the person looks at, in Swedish; the window's title.</summary>
    public required string Title { get; init; }
    /// <summary>The person may change what the page shows; else it is for reading.</summary>
    public bool CanEdit { get; init; }
    /// <summary>The site's header, finished HTML.</summary>
    public required string Header { get; init; }
    public required OwnFiles Files { get; init; }
    public required StudioPackage Package { get; init; }
    public required StudioArea Area { get; init; }
    /// <summary>The routine that the page is about; its tools stand in the header.</summary>
    public StudioRoutine? Routine { get; init; }
    /// <summary>Instances that started the open one, or were started by it.</summary>
    public IReadOnlyList<StudioRun> Runs { get; init; } = [];
    /// <summary>English is chosen for Studio's own texts.</summary>
    public bool English { get; init; }
    /// <summary>The page's own address, to come back to.</summary>
    public required string Path { get; init; }
}
