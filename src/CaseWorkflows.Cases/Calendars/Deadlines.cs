namespace CaseWorkflows.Cases.Calendars;

/// <summary>Limits in working days and their warnings (D-04, D-05).</summary>
public static class Deadlines
{
    /// <summary>Closing and opening of a due day on which the unit has no hours (D-04).</summary>
    public static readonly TimeOnly DefaultClosing = new(17, 0);

    public static readonly TimeOnly DefaultOpening = new(8, 0);

    public static DateTimeOffset Due(
        DateTimeOffset start, int days, OpeningHours hours,
        DeadlineMode mode = DeadlineMode.StängningEfterNDagar, DayKind kind = DayKind.Arbetsdag)
    {
        var day = hours.Calendar.Add(SwedishTime.LocalDate(start), days, kind);
        var time = mode == DeadlineMode.SammaKlockslag ? SwedishTime.LocalTime(start) : hours.ClosingOn(day) ?? DefaultClosing;
        return SwedishTime.ToInstant(day, time);
    }

    /// <summary>The unit's opening on the due day, never later than the limit itself.</summary>
    public static DateTimeOffset Warning(DateTimeOffset due, OpeningHours hours)
    {
        var day = SwedishTime.LocalDate(due);
        var opening = SwedishTime.ToInstant(day, hours.OpeningOn(day) ?? DefaultOpening);
        return opening < due ? opening : due;
    }

    /// <summary>When the manager is told (D-06): closing of the next working day after the breach.</summary>
    public static DateTimeOffset ManagerNotice(DateTimeOffset due, OpeningHours hours) => Due(due, 1, hours);
}
