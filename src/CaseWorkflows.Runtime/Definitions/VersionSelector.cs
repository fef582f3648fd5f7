namespace CaseWorkflows.Runtime.Definitions;

public enum VersionSelector
{
    None,
    Latest,
    Published,
    LatestOrPublished,
    LatestAndPublished,
    Draft,
    All,
    Specific,
}
