using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>Reference data: each kind with GET, POST and PATCH.</summary>
internal static class ReferenceApi
{
    public static void MapReference(this IEndpointRouteBuilder api)
    {
        foreach (var resource in ReferenceResources.All) api.MapResource(resource);
        api.MapGet("/reference-faults", Faults);
    }

    private static void MapResource(this IEndpointRouteBuilder api, ReferenceResource resource)
    {
        var group = api.MapGroup("/" + resource.Path);

        group.MapGet("/", (HttpContext http, string? unit, string? person, string? q) =>
        {
            var call = ApiCall.Of(http);
            var context = call.Context;
            var unitId = unit is null ? null : context.DemandUnit(unit).Id;
            var personId = person is null ? null : context.Reference.FindPerson(person)?.Id ?? person;
            return ApiResult.Ok(context.Reference.RowsOf(resource.Kind)
                .Where(r => resource.MayRead(r.Data, context))
                .Where(r => unitId is null || IsAt(resource, r, unitId, context))
                .Where(r => personId is null || r.Data["person"]?.ToString() == personId)
                .OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => Show(resource, r, call))
                .Where(d => q is null || d.ToJsonString(DomainJson.Options).Contains(q, StringComparison.OrdinalIgnoreCase))
                .ToList());
        });

        group.MapGet("/{id}", (HttpContext http, string id) =>
        {
            var call = ApiCall.Of(http);
            var row = Find(resource, id, call);
            return resource.MayRead(row.Data, call.Context) ? ApiResult.Ok(Show(resource, row, call)) : throw Refusal(resource, row, call.Context);
        });

        group.MapPost("/", async (HttpContext http, SaveReference save) =>
        {
            var call = ApiCall.Of(http);
            var document = await save.ExecuteAsync(call.Context, resource, null, call.Body, ValidFrom(resource, call), CancellationToken.None);
            // Ids may hold letters that a header does not take.
            return ApiResult.Created(document, $"/api/{resource.Path}/{Uri.EscapeDataString(document["id"]!.ToString())}");
        });

        group.MapPatch("/{id}", async (HttpContext http, string id, SaveReference save) =>
        {
            var call = ApiCall.Of(http);
            return ApiResult.Ok(await save.ExecuteAsync(call.Context, resource, IdOf(resource, id, call), call.Body, ValidFrom(resource, call), CancellationToken.None));
        });
    }

    private static JsonObject Show(ReferenceResource resource, ReferenceRow row, ApiCall call)
    {
        var document = resource.Show(row.Data, call.Context);
        document["id"] ??= row.Id;
        document["revision"] = row.Revision;
        return document;
    }

    private static ReferenceRow Find(ReferenceResource resource, string id, ApiCall call) =>
        call.Context.Reference.Row(resource.Kind, IdOf(resource, id, call)) ?? throw new NotFoundException();

    /// <summary>Inside the actor's regions it is there, and somebody else's.</summary>
    private static Exception Refusal(ReferenceResource resource, ReferenceRow row, CommandContext context) =>
        resource.PlacesOf(row.Data, context).Any(p => context.Reference.RegionOf(p) is { } region && context.Actor.InRegion(region))
            ? new ForbiddenException($"Visa {resource.Name}", unit: resource.PlacesOf(row.Data, context).FirstOrDefault(context.Reference.Units.ContainsKey))
            : new NotFoundException();

    private static string IdOf(ReferenceResource resource, string id, ApiCall call)
    {
        var reference = call.Context.Reference;
        return resource.Kind switch
        {
            ReferenceKinds.Unit => reference.FindUnit(id)?.Id,
            ReferenceKinds.Person => reference.FindPerson(id)?.Id,
            ReferenceKinds.CaseType => reference.FindCaseType(id)?.Code,
            _ => id
        } ?? id;
    }

    private static DateTimeOffset? ValidFrom(ReferenceResource resource, ApiCall call) => resource.OwnValidFrom ? null : call.Instant("validFrom");

    private static bool IsAt(ReferenceResource resource, ReferenceRow row, string unitId, CommandContext context) =>
        resource.Kind == ReferenceKinds.Unit || resource.PlacesOf(row.Data, context).ToList() is not { Count: > 0 } places
        || places.Exists(p => p == unitId || context.Reference.IsWithin(unitId, p));

    /// <summary>What the system administrator has to mend: rows that are left out, or found by less than they say.</summary>
    private static ApiResult Faults(HttpContext http)
    {
        var context = ApiCall.Of(http).Context;
        if (!AdministrationScope.IsSystemAdministrator(context.Actor)) throw new ForbiddenException("Visa fel i grunduppgifter");
        return ApiResult.Ok(context.Reference.Faults.Select(f => new
        {
            kind = f.Kind, path = ReferenceResources.All.Append(ReferenceResources.OpeningHours).FirstOrDefault(r => r.Kind == f.Kind)?.Path, id = f.Id, region = f.Region,
            validFrom = f.ValidFrom == DateTimeOffset.MinValue ? (DateTimeOffset?)null : f.ValidFrom, message = f.Message, leftOut = f.LeftOut
        }).ToList());
    }
}
