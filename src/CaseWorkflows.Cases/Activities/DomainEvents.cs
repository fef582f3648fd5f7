namespace CaseWorkflows.Cases.Activities;

/// <summary>Events that activities publish or wait for, with the case id as correlation. Routines name them by these texts.</summary>
public static class DomainEvents
{
    public const string ResidentReplied = "Svar från invånaren";
    public const string ClockMet = "Svarstid uppfylld";
    public const string ClockChanged = "Svarstid ändrad";
    public const string CaseClosed = "Ärendet avslutat";
}
