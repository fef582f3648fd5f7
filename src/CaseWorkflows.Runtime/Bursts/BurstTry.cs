using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Runtime;

/// <summary>One try of a burst: how it is run, and how far it came.</summary>
internal sealed class BurstTry(BurstRevision? revision, bool keep)
{
    public BurstRevision? Revision { get; } = revision;

    /// <summary>False: written to see whether it can be, and rolled back.</summary>
    public bool Keep { get; } = keep;

    /// <summary>The steps have run: what fails from now on fails for what they came to, or for what the call writes beside.</summary>
    public bool HasRun { get; set; }
}
