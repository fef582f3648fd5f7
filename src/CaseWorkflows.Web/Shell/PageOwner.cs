using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Web.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Shell;

/// <summary>
/// A page is one person's: on a shared computer another may have signed in since in another tab, and what is clicked on the old page would be done in the
/// other's name. So each form carries whom its page was shown to (<see cref="ShownTo"/>), and a change for anybody else is refused before it is looked at.
/// </summary>
internal static class PageOwner
{
    public const string Input = "visad-for";

    /// <summary>The same of a task's form, which keeps what is written in it and says itself what has happened.</summary>
    public const string WriterInput = "skrivs-av";

    /// <summary>As pages and forms name the person who is signed in.</summary>
    public static string Of(CommandContext context) => context.Actor.UserName ?? context.Actor.PersonId!;

    /// <exception cref="ConflictException">The page was another person's.</exception>
    public static async ValueTask<object?> DemandAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType
            && await http.FindContextAsync(http.RequestServices.GetRequiredService<CommandContexts>()) is { } context
            && IsAnothers(await http.Request.ReadFormAsync(http.RequestAborted), Input, context))
            throw new ConflictException(ConflictTypes.OtherPerson, T("page.anothers", context.Actor.DisplayName ?? Of(context)));
        return await next(call);
    }

    public static bool IsAnothers(IFormCollection form, string input, CommandContext context) => form[input].ToString() is { Length: > 0 } shownTo && shownTo != Of(context);
}
