using System.Collections;

namespace CaseWorkflows.Engine.Execution;

/// <summary>What kinds of values are called in Swedish, for people who read why something went wrong.</summary>
internal static class ValueKinds
{
    /// <summary>What a value should be, with its article: "ett heltal".</summary>
    public static string Wanted(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int) || t == typeof(long) || t == typeof(short) || t == typeof(byte) || t == typeof(uint) || t == typeof(ulong) || t == typeof(ushort) => "ett heltal",
        var t when t == typeof(decimal) || t == typeof(double) || t == typeof(float) => "ett tal",
        var t when t == typeof(bool) => "sant eller falskt (true eller false)",
        var t when t == typeof(TimeSpan) => "en tid (dagar.timmar:minuter:sekunder)",
        var t when t == typeof(DateTimeOffset) || t == typeof(DateTime) => "en tidpunkt",
        var t when t == typeof(DateOnly) => "ett datum (åååå-mm-dd)",
        var t when t == typeof(TimeOnly) => "ett klockslag (tt:mm)",
        var t when t == typeof(Guid) => "ett id",
        var t when t == typeof(string) => "en text",
        { IsEnum: true } => "ett av valen",
        var t when typeof(IDictionary).IsAssignableFrom(t) => "ett objekt",
        var t when typeof(IEnumerable).IsAssignableFrom(t) => "en lista",
        _ => "av rätt slag",
    };

    /// <summary>What a value is, without article: "text".</summary>
    public static string Given(object value) => value switch
    {
        string => "text",
        bool => "sant eller falskt",
        DateTimeOffset or DateTime => "tidpunkt",
        DateOnly => "datum",
        TimeSpan or TimeOnly => "tid",
        IDictionary => "objekt",
        IEnumerable => "lista",
        IConvertible => "tal",
        _ => "värde",
    };
}
