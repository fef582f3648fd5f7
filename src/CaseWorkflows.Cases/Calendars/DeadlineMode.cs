namespace CaseWorkflows.Cases.Calendars;

/// <summary>How a limit in working days ends (D-04).</summary>
public enum DeadlineMode
{
    /// <summary>At the unit's closing time on the n-th working day.</summary>
    StängningEfterNDagar,

    /// <summary>At the clock time of the start, n working days later.</summary>
    SammaKlockslag
}
