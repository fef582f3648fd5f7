using Quartz;

namespace CaseWorkflows.Runtime;

/// <summary>Quartz cron expressions in Europe/Stockholm.</summary>
internal static class StockholmCron
{
    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    public static DateTimeOffset? Next(string cron, DateTimeOffset after) => new CronExpression(cron, Stockholm).GetNextValidTimeAfter(after);
}
