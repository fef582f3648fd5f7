using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CaseWorkflows.Web.Requests;

/// <summary>What every page's endpoint begins and ends with: who asks, and the rendered page.</summary>
internal static class Pages
{
    private static readonly object ContextKey = new();

    /// <summary>The signed-in person's context, made once per request.</summary>
    /// <exception cref="SignedOutException">Nobody is signed in, or the person is no longer there.</exception>
    public static async Task<CommandContext> ContextAsync(this HttpContext http, CommandContexts contexts) =>
        await http.FindContextAsync(contexts) ?? throw new SignedOutException();

    public static async Task<CommandContext?> FindContextAsync(this HttpContext http, CommandContexts contexts)
    {
        if (http.Items.TryGetValue(ContextKey, out var known)) return (CommandContext?)known;
        var context = http.User.FindFirst("sub")?.Value is { } id ? await contexts.ForPersonAsync(id, HistorySource.Ui, http.SignedIn()?.Reference, http.RequestAborted) : null;
        http.Items[ContextKey] = context;
        return context;
    }

    public static IResult Render<T>(object parameters, int status = StatusCodes.Status200OK) where T : IComponent =>
        new RazorComponentResult<T>(parameters) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>To another page after a change, so that a reload does not send it again.</summary>
    public static IResult See(string url) => new SeeOther(LocalUrl.Encoded(LocalUrl.OrHome(url)));

    /// <summary>The list that the person came from: what the form says, else the page before, else the own tasks.</summary>
    public static string Back(this HttpContext http, string? given = null)
    {
        if (LocalUrl.IsLocal(given)) return given!;
        if (Uri.TryCreate(http.Request.Headers.Referer, UriKind.Absolute, out var from) && from.Host == http.Request.Host.Host
            && Lists.Any(list => from.AbsolutePath == list)) return from.PathAndQuery;
        return "/";
    }

    private static readonly string[] Lists = [.. Inbox.InboxView.Every.Select(v => v.Url)];

    private sealed class SeeOther(string url) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = url;
            return Task.CompletedTask;
        }
    }
}
