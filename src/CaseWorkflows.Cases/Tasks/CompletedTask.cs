using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>In the ambient while a completed task's burst runs: which task, and by what right it was completed.</summary>
public sealed record CompletedTask(Guid TaskId, string Title, string ActivityId, string Outcome, string? Role, string? RoleUnit, string? Capacity)
{
    /// <summary>Keys of the form's fields.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public bool HasField(string key) => Fields.Any(f => FieldKey.Same(f, key));
}
