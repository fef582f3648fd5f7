using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Events that activities publish or wait for, with the case id as correlation. Routines name them by these texts.</summary>
public static class DomainEvents
{
    public const string ResidentReplied = "Svar från invånaren";
    public const string ClockMet = "Svarstid uppfylld";
    public const string ClockChanged = "Svarstid ändrad";
    public const string CaseClosed = "Ärendet avslutat";

    public const string AbsenceRegistered = "Frånvaro registrerad";
    public const string AbsenceChanged = "Frånvaro ändrad";
    public const string AbsenceEnded = "Frånvaro avslutad";

    /// <summary>These tell of something that the product itself has done: neither routines nor other systems send them.</summary>
    public static readonly ReservedEvents Reserved = new(
        [ResidentReplied, ClockMet, ClockChanged, CaseClosed, AbsenceRegistered, AbsenceChanged, AbsenceEnded]);
}
