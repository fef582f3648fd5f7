namespace CaseWorkflows.StudioApi.Pages.Comparison;

/// <summary>What has become of a thing from one version to the next.</summary>
public enum ChangeKind
{
    Same,
    Moved,
    Changed,
    Added,
    Removed,
}
