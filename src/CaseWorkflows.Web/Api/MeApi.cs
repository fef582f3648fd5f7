using CaseWorkflows.Cases.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>Who is signed in, and how people get their passwords.</summary>
internal static class MeApi
{
    public static void MapMe(this IEndpointRouteBuilder api)
    {
        api.MapGet("/me", async (HttpContext http, IUserDirectory users) =>
            ApiResult.Ok((await users.FindAsync(ApiCall.Of(http).Context.Actor.PersonId!, http.RequestAborted))!));

        api.MapPost("/me/password", async (HttpContext http, Accounts accounts) =>
        {
            var call = ApiCall.Of(http);
            await accounts.ChangeOwnAsync(call.Context, http.SignedIn()!, call.Text("current"), call.Text("new"), ClientAddress.Of(http), CancellationToken.None);
            return ApiResult.NoContent();
        }).WithMetadata(BeforePasswordChange.Marker, HoldsSecret.Marker);

        // Ends this session: its cookie or token, wherever it has been copied to.
        api.MapPost("/me/sign-out", async (HttpContext http, Sessions sessions) =>
        {
            await sessions.EndAsync(http.SignedIn()!.Id, CancellationToken.None);
            return ApiResult.NoContent();
        }).WithMetadata(BeforePasswordChange.Marker);

        api.MapPut("/people/{id}/password", async (HttpContext http, string id, Accounts accounts) =>
        {
            var call = ApiCall.Of(http);
            await accounts.SetPasswordAsync(call.Context, id, call.Text("password"), CancellationToken.None);
            return ApiResult.NoContent();
        }).WithMetadata(HoldsSecret.Marker);
    }
}
