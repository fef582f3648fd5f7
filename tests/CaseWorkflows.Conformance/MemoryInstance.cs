using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Journal;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Conformance;

internal sealed class MemoryInstance(WorkflowDefinition definition, MemoryInstance? parent)
{
    public WorkflowDefinition Definition => definition;

    public MemoryInstance? Parent => parent;

    public WorkflowState? State { get; set; }

    public List<JournalEntry> Journal { get; } = [];
}
