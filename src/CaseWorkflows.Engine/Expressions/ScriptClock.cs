using CaseWorkflows.Engine.Execution;
using Jint.Runtime;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>Business time for <c>new Date()</c>; dates are read and shown in Swedish time.</summary>
internal sealed class ScriptClock(DateTimeOffset now) : ITimeSystem
{
    private static readonly DefaultTimeSystem Rules = new(SwedishTime.Zone, System.Globalization.CultureInfo.InvariantCulture);

    public TimeZoneInfo DefaultTimeZone => SwedishTime.Zone;

    public DateTimeOffset GetUtcNow() => now.ToUniversalTime();

    public bool TryParse(string date, out long epochMilliseconds)
    {
        epochMilliseconds = 0;
        return date.Length <= 100 && Rules.TryParse(date, out epochMilliseconds);
    }

    public TimeSpan GetUtcOffset(long epochMilliseconds) => Rules.GetUtcOffset(epochMilliseconds);
}
