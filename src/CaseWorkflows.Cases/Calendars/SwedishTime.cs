using NodaTime;
using NodaTime.TimeZones;

namespace CaseWorkflows.Cases.Calendars;

/// <summary>
/// Between stored instants (UTC) and the wall clock of Europe/Stockholm (D-01). NodaTime carries the zone data, so a host without tzdata
/// agrees with one that has it. Defined for every instant and every date: what lies beyond the calendar's ends stands at the end.
/// </summary>
public static class SwedishTime
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Stockholm"];

    // A wall-clock time that the spring change skips moves forward by the gap; one that occurs twice is the earlier.
    private static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    private static readonly DateTimeOffset LastLocal = ToInstant(DateTime.MaxValue);

    public static DateTime ToLocal(DateTimeOffset instant) =>
        instant > LastLocal ? DateTime.MaxValue : Instant.FromDateTimeOffset(instant).InZone(Zone).LocalDateTime.ToDateTimeUnspecified();

    public static DateOnly LocalDate(DateTimeOffset instant) => DateOnly.FromDateTime(ToLocal(instant));

    public static TimeOnly LocalTime(DateTimeOffset instant) => TimeOnly.FromDateTime(ToLocal(instant));

    /// <summary>The instant of a wall-clock time, in UTC.</summary>
    public static DateTimeOffset ToInstant(DateOnly date, TimeOnly time)
    {
        var instant = LocalDateTime.FromDateTime(date.ToDateTime(time)).InZone(Zone, Resolver).ToInstant();
        return instant < Instant.FromDateTimeOffset(DateTimeOffset.MinValue) ? DateTimeOffset.MinValue : instant.ToDateTimeUtc();
    }

    public static DateTimeOffset ToInstant(DateTime local) =>
        ToInstant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));

    /// <summary>The same instant written with Stockholm's offset of that moment, for showing.</summary>
    public static DateTimeOffset WithOffset(DateTimeOffset instant) =>
        instant > LastLocal ? instant.ToUniversalTime() : Instant.FromDateTimeOffset(instant).InZone(Zone).ToDateTimeOffset();

    public static DateTimeOffset StartOfDay(DateOnly date) => ToInstant(date, TimeOnly.MinValue);

    /// <summary>The day so many days later or earlier, at most the calendar's last or first.</summary>
    public static DateOnly Plus(DateOnly day, int days) =>
        DateOnly.FromDayNumber((int)Math.Clamp((long)day.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    /// <summary>The first instant after the day. 9999-12-31 is "until further notice": its day never ends.</summary>
    public static DateTimeOffset EndOfDay(DateOnly date) => date == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOfDay(date.AddDays(1));
}
