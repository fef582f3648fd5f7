using CaseWorkflows.Cases.Errors;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>The 409 answers about tasks.</summary>
internal static class TaskConflicts
{
    /// <summary>Throws when the task cannot be worked with in the state it is in.</summary>
    public static void DemandActive(string state)
    {
        switch (state)
        {
            case TaskState.Done: throw new ConflictException(ConflictTypes.TaskCompleted, "Uppgiften är redan klar.");
            case TaskState.Withdrawn: throw new ConflictException(ConflictTypes.TaskWithdrawn, "Uppgiften är återkallad: ärendet har gått vidare utan den.");
            case TaskState.Locked: throw new ConflictException(ConflictTypes.TaskLocked, "Uppgiften väntar på en annan uppgift och kan inte göras än.");
        }
    }

    public static ConflictException Changed() =>
        new(ConflictTypes.RevisionChanged, "Uppgiften har ändrats av någon annan. Öppna den på nytt.");

    /// <summary>Somebody who writes in the same form has kept a draft that this one's writer has not seen.</summary>
    public static ConflictException ColleagueWrites(string colleague) => new(
        ConflictTypes.DraftChanged, $"{colleague} skriver också på uppgiften. Det du har skrivit är inte sparat: kopiera texten innan du lämnar sidan.");

    public static ConflictException WrittenElsewhere() => new(
        ConflictTypes.DraftChanged, "Du har skrivit i uppgiften på en annan sida sedan den här öppnades. Det du har skrivit här är inte sparat: kopiera texten och läs in sidan på nytt.");

    public static ConflictException DraftChanged() => new(
        ConflictTypes.DraftChanged, "Utkastet är inte längre det som visades. Det är kvar: läs in sidan på nytt och se efter innan du kastar det.");

    public static ConflictException ResidentWrote() =>
        new(ConflictTypes.MessageChanged, "Invånaren har skrivit igen sedan sidan visades, och inget är skickat. Läs det nya meddelandet innan du går vidare.");

    public static ConflictException MessageChanged() =>
        new(ConflictTypes.MessageChanged, "Meddelandet till invånaren är inte längre det som visades. Läs det en gång till innan du skickar.");
}
