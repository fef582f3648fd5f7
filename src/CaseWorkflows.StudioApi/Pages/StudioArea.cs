namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The entry of the navigation that a page belongs to.</summary>
public enum StudioArea
{
    Routines,
    Instances,
}
