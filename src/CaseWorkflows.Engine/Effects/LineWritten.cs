namespace CaseWorkflows.Engine.Effects;

public sealed record LineWritten(string Text) : Effect;
