using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Execution;

/// <content>What is stored of an execution.</content>
public sealed partial class ActivityExecutionContext
{
    private static readonly Dictionary<string, object?> Empty = [];

    internal ActivityState ToState() => new(ActivityInstanceId, Parent?.ActivityInstanceId, Node.NodeId, Status, StartedAt, StoredVariables(), _data?.Stored ?? Empty, Tag)
    {
        Number = Number,
        ParentNumber = Parent?.Number,
        Counter = Counter,
        Breaking = Breaking,
        FaultCount = FaultCount,
        PendingOutcomes = PendingOutcomes,
        Flow = Flow,
    };

    /// <summary>Variables held in memory only begin again from their default after a suspension.</summary>
    internal void DeclareMissingVariables()
    {
        foreach (var slot in Node.Variables)
        {
            if (Variables is null || !Variables.ContainsKey(slot.Id)) (Variables ??= new Dictionary<string, object?>(StringComparer.Ordinal))[slot.Id] = slot.Default;
        }
    }

    private Dictionary<string, object?> StoredVariables()
    {
        if (Variables is null) return Empty;
        var stored = new Dictionary<string, object?>(Variables, StringComparer.Ordinal);
        foreach (var slot in Node.Variables)
        {
            if (slot.InMemory) stored.Remove(slot.Id);
        }

        return stored;
    }
}
