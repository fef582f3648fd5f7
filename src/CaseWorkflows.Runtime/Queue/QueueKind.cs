namespace CaseWorkflows.Runtime;

/// <summary>Kinds of queue rows as stored. Below 10: database only, done in the burst's own transaction; from 10: outside, leased.</summary>
internal enum QueueKind : short
{
    Timer = 1,
    Resume = 2,
    Event = 3,
    Start = 4,
    Cancel = 5,
    Trigger = 6,

    /// <summary>The coming starts of scheduled triggers are to be computed anew.</summary>
    Reschedule = 7,
    Job = 10,
    Outbox = 11,
    Recurring = 12,
}
