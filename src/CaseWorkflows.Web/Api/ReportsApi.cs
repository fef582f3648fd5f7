using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>Reports and named lists.</summary>
internal static class ReportsApi
{
    public static void MapReports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/{name}", async (HttpContext http, string name, string? unit, string? from, string? to, CaseStatistics statistics, MonitoringReport monitoring) =>
        {
            var context = ApiCall.Of(http).Context;
            var today = SwedishTime.LocalDate(context.Now);
            // Without a period: the month that has ended.
            var first = Instants.Date(from, "from") ?? new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
            var last = Instants.Date(to, "to") ?? (from is null ? new DateOnly(today.Year, today.Month, 1).AddDays(-1) : today);
            object rows = name.ToLowerInvariant() switch
            {
                "statistik" or "månadsrapport" => await statistics.ExecuteAsync(context, unit, first, last, http.RequestAborted),
                "ej bevakad" or "ej-bevakad" or "bevakning" => await monitoring.ExecuteAsync(context, unit, first, last, http.RequestAborted),
                _ => throw new NotFoundException()
            };
            return ApiResult.Ok(new { name, from = first, to = last, items = rows });
        });

        api.MapGet("/lists/{name}", async (HttpContext http, string name, string? unit, string? cursor, string? limit, CaseReader cases) =>
        {
            var filter = new CaseQueryFilter { Unit = unit, Open = true, Cursor = cursor, Limit = PageSize.Read(limit, 100) };
            filter = name.ToLowerInvariant() switch
            {
                "ej fördelade" => filter with { Status = CaseStatus.Received },
                "flaggade" => filter with { Flag = CaseFlag.Overdue },
                "förfaller idag" => filter with { Flag = CaseFlag.DueToday },
                "nytt svar från invånaren" => filter with { Flag = CaseFlag.NewReply, Open = null },   // also who writes after closing waits
                "väntar på invånaren" => filter with { Status = CaseStatus.AwaitsResident },
                "avslutade" => filter with { Open = false },
                _ => throw new NotFoundException()
            };
            return ApiResult.Ok(await cases.ListAsync(ApiCall.Of(http).Context, filter, http.RequestAborted));
        });
    }
}
