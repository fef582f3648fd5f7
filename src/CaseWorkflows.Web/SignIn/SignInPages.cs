using System.Security.Claims;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Runtime;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.SignIn;

/// <summary>Signing in with a password and out again. The cookie itself is the host's.</summary>
internal static class SignInPages
{
    private const string Url = "/logga-in";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").WithMetadata(BeforePasswordChange.Marker).AllowAnonymous();
        pages.MapGet(Url, ShowAsync);
        pages.MapPost(Url, SignInAsync);
        pages.MapPost("/logga-ut", (Delegate)SignOutAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, IHostEnvironment environment, ReferenceStore reference, IBusinessClock clock, string? returnUrl, string? userName) =>
        await RenderAsync(http, environment, reference, clock, returnUrl, userName, failed: false);

    private static async Task<IResult> SignInAsync(HttpContext http, IUserDirectory users, IHostEnvironment environment, ReferenceStore reference, IBusinessClock clock)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var userName = form["userName"].ToString().Trim();
        if (await users.VerifyAsync(userName, form["password"].ToString(), ClientAddress.Of(http), http.RequestAborted) is not { } person)
            return await RenderAsync(http, environment, reference, clock, form["returnUrl"], userName, failed: true);
        var identity = new ClaimsIdentity(
            [new Claim("sub", person.PersonId), new Claim("name", person.User.Name), new Claim(Sessions.Claim, person.SessionId.ToString())], "password", "name", "role");
        await http.SignInAsync(new ClaimsPrincipal(identity));
        return Pages.See(LocalUrl.OrHome(form["returnUrl"]));   // who has to change the password first is led there from any page
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, Sessions sessions)
    {
        if (http.SignedIn() is { } session) await sessions.EndAsync(session.Id, CancellationToken.None);
        await http.SignOutAsync();
        return Pages.See(Url);
    }

    private static async Task<IResult> RenderAsync(
        HttpContext http, IHostEnvironment environment, ReferenceStore reference, IBusinessClock clock, string? returnUrl, string? userName, bool failed) =>
        Pages.Render<SignInPage>(
            new
            {
                Frame = new PageFrame(),
                ReturnUrl = LocalUrl.OrHome(returnUrl),
                UserName = userName,
                Failed = failed,
                DemoUsers = environment.IsDevelopment() ? await DemoUsersAsync(reference, clock, http.RequestAborted) : [],
            },
            failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);

    private static async Task<IReadOnlyList<DemoUser>> DemoUsersAsync(ReferenceStore reference, IBusinessClock clock, CancellationToken ct)
    {
        var view = (await reference.FreshAsync(ct)).At(await clock.NowAsync(ct));
        return [.. view.People.Values
            .Where(p => p.UserName is not null && p.Kind == "person")
            .OrderBy(p => p.UserName, StringComparer.Ordinal)
            .Select(p => new DemoUser(p.UserName!, string.Join("; ", view.AssignmentsOf(p.Id)
                .Select(a => $"{view.RoleName(a.Role)}, {(a.Unit == ReferenceView.Everywhere ? T("word.everywhere") : view.UnitName(a.Unit))}").Distinct())))];
    }
}
