namespace CaseWorkflows.Cases.Tasks;

/// <summary>By what right somebody works with a task.</summary>
/// <param name="Role">Role code that grants it; null for a task given to the person alone.</param>
/// <param name="Unit">Where the role is held.</param>
/// <param name="Capacity">own or cover.</param>
/// <param name="TakesOver">The task is a colleague's: a reason is needed.</param>
public sealed record TaskRight(string? Role, string? Unit, string Capacity, bool TakesOver);
