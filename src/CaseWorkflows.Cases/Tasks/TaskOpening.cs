using CaseWorkflows.Cases.Actors;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Whether what somebody does with a task is the first look at it.</summary>
internal enum TaskOpening
{
    /// <summary>It says nothing about it.</summary>
    No,

    /// <summary>The assignee has it before them.</summary>
    ByAssignee,

    /// <summary>Whoever works with it while nobody else has it.</summary>
    ByWorker,

    /// <summary>Whoever does it becomes the assignee.</summary>
    ByTaker
}

internal static class TaskOpeningExtensions
{
    public static bool Opens(this TaskOpening opening, TaskRecord task, Actor actor) =>
        task.OpenedAt is null && task.State is (TaskState.Open or TaskState.Taken) && opening switch
        {
            TaskOpening.ByAssignee => task.Assignee is not null && task.Assignee == actor.PersonId,
            TaskOpening.ByWorker => task.Assignee is null || task.Assignee == actor.PersonId,
            TaskOpening.ByTaker => true,
            _ => false
        };
}
