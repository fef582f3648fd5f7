using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Runtime;

/// <summary>One burst's transaction as its participants see it.</summary>
public sealed class BurstScope
{
    private BurstResult? _result;

    internal BurstScope(BurstSubject subject, BurstStimulus stimulus)
    {
        InstanceId = subject.InstanceId;
        CaseId = subject.CaseId;
        IsNew = subject.IsNew;
        Stimulus = stimulus;
    }

    public Guid InstanceId { get; }

    /// <summary>From the locked row, or from what starts the instance.</summary>
    public Guid? CaseId { get; internal set; }

    public bool IsNew { get; }

    public BurstStimulus Stimulus { get; }

    public string Region { get; internal set; } = "";

    public bool Trial { get; internal set; }

    /// <summary>The instance that the trial began with; null when this is none.</summary>
    public Guid? TrialRoot { get; internal set; }

    /// <summary>Where what this burst was given comes from.</summary>
    internal Origin? CameFrom { get; set; }

    /// <summary>Of what this burst sends to other runs; a trial's case is made up.</summary>
    internal Origin? Origin => Trial ? null : Stimulus == BurstStimulus.Publish ? (CaseId is null ? null : new Origin(null, CaseId)) : new Origin(InstanceId, null);

    /// <summary>How many runs stand before this one, each started by the one before.</summary>
    internal int Depth { get; set; }

    /// <summary>The run that all this came of, itself when something outside began it; null when the burst is no run's.</summary>
    internal Guid? Family { get; set; }

    /// <summary>Runs that are counted with this burst: those its steps start, and itself when an event has started it.</summary>
    internal int RunsCounted { get; set; }

    /// <summary>How the burst is done again; null for the first time.</summary>
    internal BurstRevision? Revision { get; set; }

    public string DefinitionId { get; internal set; } = "";

    public int DefinitionVersion { get; internal set; }

    /// <summary>Id of the version that runs; empty when the burst is no run's.</summary>
    public string VersionId { get; internal set; } = "";

    /// <summary>Business time; the same through the burst.</summary>
    public DateTimeOffset Now { get; internal set; }

    /// <summary>The bookmark that is resumed, when one is.</summary>
    public string? BookmarkId { get; internal set; }

    /// <summary>What the bookmark is resumed with.</summary>
    public object? Input { get; internal set; }

    /// <summary>Objects the activities find by type. Participants add to it while reading.</summary>
    public List<object> Ambient { get; } = [];

    /// <summary>Effects, journal and new state; available to writers.</summary>
    public BurstResult Result
    {
        get => _result ?? throw new InvalidOperationException("The burst has not run yet.");
        internal set => _result = value;
    }

    internal QueueWrites Queue { get; } = new();

    /// <summary>Puts a message for the outside in the outbox, in this transaction.</summary>
    /// <param name="kind">Names the <see cref="IOutboxSender"/>.</param>
    /// <param name="payload">Stored as JSON.</param>
    /// <param name="due">Business time; null is now.</param>
    /// <param name="key">At most one waiting message per kind and key; null for no limit.</param>
    /// <returns>The message's id.</returns>
    public Guid AddOutbox(string kind, object payload, DateTimeOffset? due = null, string? key = null) =>
        Queue.AddOutbox(this, kind, payload, due ?? Now, key);

    /// <summary>Publishes an event when this burst has committed; done before the call returns.</summary>
    public void Publish(PublishEvent published) => Queue.AddEvent(this, published, Depth + 1);

    /// <summary>Starts another instance when this burst has committed; done before the call returns.</summary>
    public void Start(StartWorkflow start) => Queue.AddStart(this, start);

    /// <summary>The first ambient object of a type, or null.</summary>
    public T? Find<T>()
        where T : class
    {
        for (var i = Ambient.Count - 1; i >= 0; i--)
        {
            if (Ambient[i] is T found) return found;
        }

        return null;
    }
}
