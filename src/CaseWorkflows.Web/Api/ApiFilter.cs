using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CaseWorkflows.Web.Api;

/// <summary>Around every endpoint: resolves who calls, reads the body, and answers a repeated idempotency key with the first answer.</summary>
internal sealed class ApiFilter(CommandContexts contexts, IdempotencyStore idempotency, LostAnswers lost) : IEndpointFilter
{
    private const string Header = "Idempotency-Key";
    private const string Fields = "fields.";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        var ct = http.RequestAborted;
        if (await http.FindCommandContextAsync(contexts) is not { } context) return Results.Problem(statusCode: 401, title: "Du är inte inloggad.", type: "not-signed-in");
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            new ApiCall(context, [], []).AttachTo(http);
            return await next(invocation);
        }

        var raw = await ReadBodyAsync(http, ct);
        var body = Body(http, raw);
        var claim = Claim(http, context, raw);
        new ApiCall(context with { Idempotency = claim }, body, raw).AttachTo(http);
        if (claim is null) return await next(invocation);

        if (await idempotency.FindAsync(claim, ct) is { } earlier) return await AgainAsync(context, claim, earlier, ct);
        object? result;
        try
        {
            result = await next(invocation);
        }
        catch (Exception error) when (IdempotencyStore.IsRepeated(error))
        {
            // The same key at the same time: the other call's answer is this one's too.
            return await AgainAsync(context, claim, await idempotency.WaitAsync(claim, ct), ct);
        }
        catch (Exception error) when (!DatabaseUnavailableException.IsConnectionLoss(error))
        {
            // Refused, surely not applied. After a lost connection nobody knows: then the key stays with what was done.
            await idempotency.ReleaseAsync(claim, CancellationToken.None);
            // Refused because the same call, made at the same time, was first: its answer is this one's too.
            if (error is DomainException && await idempotency.FindAsync(claim, ct) is { } first) return await AgainAsync(context, claim, first, ct);
            throw;
        }

        // A call that found its work done already (a case with the same external id, an empty inbox) may still be the second of two: the first one's answer stands.
        return result is not ApiResult { Status: < 300 } answered || await idempotency.StoreAsync(claim, answered.Status, answered.Text, answered.Location, ct)
            ? result
            : await AgainAsync(context, claim, await idempotency.WaitAsync(claim, ct), ct);
    }

    private async Task<ApiResult> AgainAsync(CommandContext context, IdempotencyClaim claim, IdempotencyAnswer answer, CancellationToken ct)
    {
        if (answer.Status is { } status) return await lost.AgainAsync(context, status, answer.Answer, answer.Location, ct);
        var rebuilt = await lost.RebuildAsync(context, claim, answer.Location, ct);
        await idempotency.StoreAsync(claim with { Call = answer.Call }, rebuilt.Status, rebuilt.Text, rebuilt.Location, ct);
        return rebuilt;
    }

    private static IdempotencyClaim? Claim(HttpContext http, CommandContext context, byte[] raw)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || http.GetEndpoint()?.Metadata.GetMetadata<HoldsSecret>() is not null) return null;
        if (key.Length > TextLimits.Name) throw new ValidationFailedException(Header, $"Nyckeln får vara högst {TextLimits.Name} tecken.");
        if (key.Any(char.IsControl)) throw new ValidationFailedException(Header, "Nyckeln får inte innehålla styrtecken.");
        return new IdempotencyClaim(context.Actor.PersonId!, $"{http.Request.Method} {RouteOf(http)}", SoundText.Of(key), SHA256.HashData(raw), Guid.CreateVersion7());
    }

    /// <summary>
    /// The route with the ids in it: the same key for another task is another call, the same task by another spelling of the path (case, a slash
    /// at the end, an id in capitals) is not.
    /// </summary>
    private static string RouteOf(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint { RoutePattern: var pattern }) return http.Request.Path;
        return "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Part))));

        string Part(RoutePatternPart part) => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter when http.Request.RouteValues[parameter.Name]?.ToString() is { } value =>
                Guid.TryParse(value, out var id) ? id.ToString() : value,
            _ => ""
        };
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext http, CancellationToken ct)
    {
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory, ct);
        return memory.ToArray();
    }

    private static JsonObject Body(HttpContext http, byte[] raw)
    {
        if (raw.Length == 0) return [];
        if (http.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
            throw new ValidationFailedException("Content-Encoding", "Skicka innehållet utan komprimering.");
        try
        {
            return OutsideJson.Parse(raw, TextLimits.Body) as JsonObject ?? throw new ValidationFailedException("$", "Anropets innehåll ska vara ett JSON-objekt.");
        }
        catch (OutsideJsonException error)
        {
            throw new ValidationFailedException(error.Errors.GroupBy(e => Field(e.Key)).ToDictionary(g => g.Key, g => g.SelectMany(e => e.Value).Distinct().ToArray()));
        }
    }

    /// <summary>A form's field is told by its key, wherever the form came from.</summary>
    private static string Field(string path) => path.StartsWith(Fields, StringComparison.Ordinal) ? path[Fields.Length..] : path;
}
