namespace CaseWorkflows.StudioApi.Definitions;

public enum RoutinePublicationKind
{
    Published,
    AlreadyPublished,

    /// <summary>The check found errors; nothing changed.</summary>
    Refused,
}
