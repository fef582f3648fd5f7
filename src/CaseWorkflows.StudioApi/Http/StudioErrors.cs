using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Runtime.Definitions;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Http;

/// <summary>
/// Turns every refusal into an answer that Studio shows: 400 with <c>errors</c>, never 5xx for something that a person did
/// (Studio repeats those three times, writes too).
/// </summary>
internal sealed class StudioErrors : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (StudioException e)
        {
            if (e.Confirmation is not null) context.HttpContext.Response.Headers["X-Confirm"] = e.Confirmation;
            return Answer(e.Status, e.Field, e.Messages, e.Code);
        }
        catch (DefinitionRefusedException e)
        {
            if (e.Confirmation is not null) context.HttpContext.Response.Headers["X-Confirm"] = e.Confirmation;
            return Answer(e.Code is "changed-meanwhile" or "four-eyes" ? 409 : 400, "generalErrors", [e.Message], e.Code);
        }
        catch (DefinitionException e)
        {
            return Answer(400, "generalErrors", [.. e.Problems.Select(p => p.Message).Distinct().Take(10)], "invalid");
        }
        catch (ValidationFailedException e)
        {
            return Answer(400, "generalErrors", [.. e.Errors.Values.SelectMany(m => m).Distinct()], "invalid");
        }
        catch (NotFoundException)
        {
            return Results.StatusCode(404);
        }
        catch (ForbiddenException e)
        {
            return Answer(403, "generalErrors", [e.Message], "forbidden");
        }
        catch (ConflictException e)
        {
            return Answer(400, "generalErrors", [e.Message], e.Type);
        }
    }

    private static IResult Answer(int status, string field, IReadOnlyList<string> messages, string? code)
    {
        // A body on a 404 says nothing more, and Studio shows none.
        if (status == 404) return Results.StatusCode(404);
        var body = new JsonObject
        {
            ["statusCode"] = status,
            ["message"] = messages.Count == 1 ? messages[0] : "Det finns fel att rätta.",
            ["errors"] = new JsonObject { [field] = new JsonArray([.. messages.Select(m => (JsonNode)m)]) },
        };
        if (code is not null) body["code"] = code;
        return Results.Text(body.ToJsonString(StudioJson.Options), "application/problem+json", statusCode: status);
    }
}
