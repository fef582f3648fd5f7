namespace CaseWorkflows.Cases.Activities;

/// <summary>Names that every domain activity shares: the type prefix and the groups of the toolbox.</summary>
internal static class Palette
{
    public const string Namespace = "CaseWorkflows";

    public const string Tasks = "Ärenden: uppgifter";
    public const string Handling = "Ärenden: handläggning";
    public const string Communication = "Ärenden: kommunikation";
    public const string Time = "Ärenden: tid";
    public const string Routing = "Ärenden: vägval";
    public const string Monitoring = "Ärenden: bevakning";

    /// <summary>Bookmarks that published events resume.</summary>
    public const string EventBookmark = "Event";
}
