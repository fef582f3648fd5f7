namespace CaseWorkflows.Engine.Effects;

/// <summary>Something a burst wants done: a value, carried out by whoever runs the burst. Modules add their own.</summary>
public abstract record Effect
{
    /// <summary>The execution that asked; set by the burst.</summary>
    public string ActivityInstanceId { get; internal set; } = "";

    /// <summary>The step that asked; set by the burst.</summary>
    public string NodeId { get; internal set; } = "";
}
