using System.Security.Claims;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Host.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CaseWorkflows.Host.Endpoints;

/// <summary>Signing in for programs. People sign in on the page /logga-in and get a cookie.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/auth/token", IssueAsync).AllowAnonymous().WithMetadata(BeforePasswordChange.Marker).WithTags("Inloggning").WithSummary("Ger en access token för användarnamn och lösenord");

    private static async Task<Results<Ok<TokenAnswer>, ValidationProblem, ProblemHttpResult>> IssueAsync(
        HttpContext http, IUserDirectory users, AccessTokens tokens, CancellationToken ct)
    {
        var request = await TokenRequest.ReadAsync(http.Request, ct);
        var errors = new Dictionary<string, string[]>(request.Faults);
        if (SoundText.IsBlank(request.UserName) && errors.Count == 0) errors["userName"] = ["Ange ditt användarnamn."];
        if (string.IsNullOrEmpty(request.Password) && request.Faults.Count == 0) errors["password"] = ["Ange ditt lösenord."];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors, title: "Uppgifter saknas.");

        // Unknown user, wrong password and locked account look alike.
        if (await users.VerifyAsync(request.UserName!, request.Password!, ClientAddress.Of(http), ct) is not { } signedIn)
            return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, type: "wrong-credentials", title: "Fel användarnamn eller lösenord.");

        var token = tokens.Issue([
            new Claim("sub", signedIn.PersonId), new Claim("name", signedIn.User.Name), new Claim("userName", signedIn.UserName),
            new Claim(Sessions.Claim, signedIn.SessionId.ToString())]);
        return TypedResults.Ok(new TokenAnswer(token, "Bearer", (int)tokens.Lifetime.TotalSeconds, signedIn.User, signedIn.MustChange));
    }

    /// <param name="ExpiresIn">Seconds, machine time.</param>
    /// <param name="PasswordChangeRequired">The token opens nothing but POST /api/me/password.</param>
    internal sealed record TokenAnswer(string AccessToken, string TokenType, int ExpiresIn, SignedInUser User, bool PasswordChangeRequired);
}
