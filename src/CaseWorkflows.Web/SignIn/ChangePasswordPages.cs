using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.SignIn;

/// <summary>Changing the own password; the only page of somebody whose password another has set.</summary>
internal static class ChangePasswordPages
{
    private const string Url = "/byt-losenord";

    public static void MapChangePassword(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Url).WithMetadata(BeforePasswordChange.Marker);
        pages.MapGet("", ShowAsync);
        pages.MapPost("", ChangeAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, CommandContexts contexts, PageFrames frames, SignInOptions options, Accounts accounts, string? returnUrl)
    {
        var context = await http.ContextAsync(contexts);
        return await RenderAsync(http, frames, options, returnUrl, await SetByAsync(context, accounts, http.RequestAborted), new Dictionary<string, string[]>());
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, CommandContexts contexts, PageFrames frames, SignInOptions options, Accounts accounts)
    {
        var context = await http.ContextAsync(contexts);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (current, chosen) = (form["current"].ToString(), form["new"].ToString());
        try
        {
            if (form["again"] != chosen) throw new ValidationFailedException("again", T("password.differs"));
            await accounts.ChangeOwnAsync(context, http.SignedIn()!, current, chosen, ClientAddress.Of(http), CancellationToken.None);
        }
        catch (ValidationFailedException invalid)
        {
            return await RenderAsync(http, frames, options, form["returnUrl"], await SetByAsync(context, accounts, http.RequestAborted), invalid.Errors);
        }

        Flash.Set(http, new Flash(T("password.changed")));
        return Pages.See(LocalUrl.OrHome(form["returnUrl"]));
    }

    /// <summary>So that somebody who has been impersonated sees by whom.</summary>
    private static async Task<string?> SetByAsync(CommandContext context, Accounts accounts, CancellationToken ct) =>
        await accounts.SetByOtherAsync(context, ct) is var (name, at) ? T("password.setby", name, Times.Clock.Within(at, context.Now)) : null;

    private static async Task<IResult> RenderAsync(
        HttpContext http, PageFrames frames, SignInOptions options, string? returnUrl, string? setBy, IReadOnlyDictionary<string, string[]> errors)
    {
        var forced = http.SignedIn()!.MustChange;
        return Pages.Render<ChangePasswordPage>(
            new { Frame = forced ? new PageFrame() : await frames.CreateAsync(http), ReturnUrl = LocalUrl.OrHome(returnUrl), Forced = forced, Shortest = options.ShortestPassword, SetBy = setBy, Errors = errors },
            errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}
