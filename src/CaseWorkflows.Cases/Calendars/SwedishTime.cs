using NodaTime;
using NodaTime.TimeZones;

namespace CaseWorkflows.Cases.Calendars;

/// <summary>Between stored instants (UTC) and the wall clock of Europe/Stockholm (D-01). NodaTime carries the zone data, so a host without tzdata agrees with one that has it.</summary>
public static class SwedishTime
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Stockholm"];

    // A wall-clock time that the spring change skips moves forward by the gap; one that occurs twice is the earlier.
    private static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    public static DateTime ToLocal(DateTimeOffset instant) =>
        Instant.FromDateTimeOffset(instant).InZone(Zone).LocalDateTime.ToDateTimeUnspecified();

    public static DateOnly LocalDate(DateTimeOffset instant) => DateOnly.FromDateTime(ToLocal(instant));

    public static TimeOnly LocalTime(DateTimeOffset instant) => TimeOnly.FromDateTime(ToLocal(instant));

    /// <summary>The instant of a wall-clock time, in UTC.</summary>
    public static DateTimeOffset ToInstant(DateOnly date, TimeOnly time) =>
        LocalDateTime.FromDateTime(date.ToDateTime(time)).InZone(Zone, Resolver).ToDateTimeUtc();

    public static DateTimeOffset ToInstant(DateTime local) =>
        ToInstant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));

    /// <summary>The same instant written with Stockholm's offset of that moment, for showing.</summary>
    public static DateTimeOffset WithOffset(DateTimeOffset instant) =>
        Instant.FromDateTimeOffset(instant).InZone(Zone).ToDateTimeOffset();

    public static DateTimeOffset StartOfDay(DateOnly date) => ToInstant(date, TimeOnly.MinValue);
}
