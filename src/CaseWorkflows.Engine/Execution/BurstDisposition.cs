namespace CaseWorkflows.Engine.Execution;

/// <summary>Whether a burst had anything to do.</summary>
public enum BurstDisposition
{
    /// <summary>It ran; write state, effects and journal.</summary>
    Ran,

    /// <summary>No such bookmark or incident (any more). Nothing changed.</summary>
    NotFound,

    /// <summary>The instance is already finished. Nothing changed.</summary>
    AlreadyFinished,
}
