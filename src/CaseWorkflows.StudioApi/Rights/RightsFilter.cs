using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Rights;

/// <summary>First of all: who is it, and may they see routines at all.</summary>
internal sealed class RightsFilter(IRoutineRights rights) : IEndpointFilter
{
    internal static readonly object Key = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await rights.OfAsync(http) is not { } access) return Results.StatusCode(401);
        if (!access.CanRead) return Results.StatusCode(403);
        http.Items[Key] = access;
        return await next(context);
    }
}
