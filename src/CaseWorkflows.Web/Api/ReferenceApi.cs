using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Errors;
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
    }

    private static void MapResource(this IEndpointRouteBuilder api, ReferenceResource resource)
    {
        var group = api.MapGroup("/" + resource.Path);

        group.MapGet("/", (HttpContext http, string? unit, string? person, string? q) =>
        {
            var context = ApiCall.Of(http).Context;
            var unitId = unit is null ? null : (context.Reference.FindUnit(unit) ?? throw new ValidationFailedException("unit", "Enheten finns inte.")).Id;
            var personId = person is null ? null : context.Reference.FindPerson(person)?.Id ?? person;
            return ApiResult.Ok(context.Reference.RowsOf(resource.Kind)
                .Where(r => resource.MayRead(r.Data, context))
                .Where(r => unitId is null || resource.Kind == ReferenceKinds.Unit || resource.ScopeOf(r.Data, context) is not { } scope || scope == unitId || context.Reference.IsWithin(unitId, scope))
                .Where(r => personId is null || r.Data["person"]?.ToString() == personId)
                .OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => Show(resource, r, ApiCall.Of(http)))
                .Where(d => q is null || d.ToJsonString(DomainJson.Options).Contains(q, StringComparison.OrdinalIgnoreCase))
                .ToList());
        });

        group.MapGet("/{id}", (HttpContext http, string id) =>
        {
            var call = ApiCall.Of(http);
            var row = Find(resource, id, call);
            return resource.MayRead(row.Data, call.Context) ? ApiResult.Ok(Show(resource, row, call)) : throw new NotFoundException();
        });

        group.MapPost("/", async (HttpContext http, SaveReference save) =>
        {
            var call = ApiCall.Of(http);
            var document = await save.ExecuteAsync(call.Context, resource, null, call.Body, call.Instant("validFrom"), CancellationToken.None);
            return ApiResult.Created(document, $"/api/{resource.Path}/{document["id"]}");
        });

        group.MapPatch("/{id}", async (HttpContext http, string id, SaveReference save) =>
        {
            var call = ApiCall.Of(http);
            return ApiResult.Ok(await save.ExecuteAsync(call.Context, resource, Find(resource, id, call).Id, call.Body, call.Instant("validFrom"), CancellationToken.None));
        });
    }

    private static JsonObject Show(ReferenceResource resource, ReferenceRow row, ApiCall call)
    {
        var document = resource.Show(row.Data, call.Context);
        document["id"] ??= row.Id;
        document["revision"] = row.Revision;
        return document;
    }

    private static ReferenceRow Find(ReferenceResource resource, string id, ApiCall call)
    {
        var reference = call.Context.Reference;
        var key = resource.Kind switch
        {
            ReferenceKinds.Unit => reference.FindUnit(id)?.Id,
            ReferenceKinds.Person => reference.FindPerson(id)?.Id,
            ReferenceKinds.CaseType => reference.FindCaseType(id)?.Code,
            _ => id
        };
        return reference.Row(resource.Kind, key ?? id) ?? throw new NotFoundException();
    }
}
