using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>The business clock.</summary>
internal static class ClockApi
{
    // Everything that falls due on the way is run.
    private const int Years = 100;

    public static void MapClock(this IEndpointRouteBuilder api)
    {
        api.MapGet("/clock", async (HttpContext http, IBusinessClock clock) =>
            ApiResult.Ok(new { now = SwedishTime.WithOffset(await clock.NowAsync(http.RequestAborted)), mode = clock.Mode.ToString() }));

        api.MapPut("/clock", async (HttpContext http, IBusinessClock clock, IClockControl control) =>
        {
            if (clock.Mode != ClockMode.Manual) throw new NotFoundException();
            var call = ApiCall.Of(http);
            // It is every region's clock.
            if (!call.Context.Actor.May(Permissions.ClockManage, ReferenceView.Everywhere)) throw new ForbiddenException("Ställ klockan");
            var to = call.Instant("now") ?? throw new ValidationFailedException("now", "Ange tiden.");
            if (to > call.Context.Now.AddYears(Years)) throw new ValidationFailedException("now", $"Ange en tid inom {Years} år.");
            await control.AdvanceAsync(to, CancellationToken.None);
            return ApiResult.Ok(new { now = SwedishTime.WithOffset(await clock.NowAsync(http.RequestAborted)), mode = clock.Mode.ToString() });
        });
    }
}
