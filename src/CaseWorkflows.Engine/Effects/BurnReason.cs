namespace CaseWorkflows.Engine.Effects;

public enum BurnReason
{
    Resumed,
    Cancelled,
}
