namespace CaseWorkflows.Engine.Execution;

/// <summary>Wall-clock time in Sweden, in which routines are written.</summary>
internal static class SwedishTime
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    public static TimeSpan Offset(DateTime local) => Zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));

    /// <summary>The instant of a wall-clock time; one that is skipped in spring is moved an hour forward.</summary>
    public static DateTimeOffset At(DateTime local)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(wall)) wall = wall.AddHours(1);
        return new DateTimeOffset(wall, Zone.GetUtcOffset(wall));
    }

    public static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);
}
