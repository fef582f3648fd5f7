namespace CaseWorkflows.Engine.Authoring;

/// <summary>Whether a definition can be started as a child.</summary>
public enum PublishedDefinition
{
    /// <summary>There is none, or none is published.</summary>
    Missing,

    /// <summary>Published, but not to be started from here: another region's.</summary>
    Elsewhere,

    Startable,
}
