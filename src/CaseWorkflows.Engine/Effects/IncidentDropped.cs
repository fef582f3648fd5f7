namespace CaseWorkflows.Engine.Effects;

/// <summary>The failed step was cancelled with its branch or its workflow: nobody has to mend it any more.</summary>
public sealed record IncidentDropped(string IncidentId) : Effect;
