namespace CaseWorkflows.Engine.Authoring;

public enum PortKind
{
    Flow,
    Embedded,
}
