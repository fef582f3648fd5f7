namespace CaseWorkflows.Engine.Effects;

public sealed record ChildCancelled(Guid ChildInstanceId) : Effect;
