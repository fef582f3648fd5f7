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

        api.MapPut("/people/{id}/password", async (HttpContext http, string id, Accounts accounts) =>
        {
            var call = ApiCall.Of(http);
            await accounts.SetPasswordAsync(call.Context, id, call.Text("password"), CancellationToken.None);
            return ApiResult.NoContent();
        });
    }
}
