using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Cases;

/// <summary>In the ambient of every burst: the locked case (null for routines without one), reference data of the burst's business time, and who acts.</summary>
public sealed class CaseScope
{
    public CaseScope(CaseRecord? record, ReferenceView reference, Actor actor, DateTimeOffset now, bool isNew = false)
    {
        Case = record;
        Original = isNew ? null : record?.Copy();
        Reference = reference;
        Actor = actor;
        Now = now;
    }

    /// <summary>Change it freely; the module writes what differs.</summary>
    public CaseRecord? Case { get; }

    public ReferenceView Reference { get; }

    public Actor Actor { get; }

    public DateTimeOffset Now { get; }

    internal CaseRecord? Original { get; }
}
