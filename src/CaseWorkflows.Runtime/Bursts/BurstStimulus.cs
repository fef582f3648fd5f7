namespace CaseWorkflows.Runtime;

/// <summary>What set a burst going.</summary>
public enum BurstStimulus
{
    Start,
    Resume,
    Timer,
    Event,
    Child,
    Job,
    Cancel,
    Incident,

    /// <summary>No instance runs: an event is put in the queue.</summary>
    Publish,
}
