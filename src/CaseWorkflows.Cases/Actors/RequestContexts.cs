using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.SignIn;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Cases.Actors;

/// <summary>The command context of a web request, resolved once per request from the claim <c>sub</c>.</summary>
public static class RequestContexts
{
    private static readonly object Key = new();

    /// <returns>Null when nobody is signed in, or the person no longer exists.</returns>
    /// <param name="source">UI for pages, API for programs.</param>
    public static async Task<CommandContext?> FindCommandContextAsync(this HttpContext http, CommandContexts contexts, string source = HistorySource.Api)
    {
        if (http.Items.TryGetValue(Key, out var known)) return (CommandContext?)known;
        var context = http.User.FindFirst("sub")?.Value is { } personId ? await contexts.ForPersonAsync(personId, source, http.SignedIn()?.Reference, http.RequestAborted) : null;
        http.Items[Key] = context;
        return context;
    }

    internal static void Replace(HttpContext http, CommandContext context) => http.Items[Key] = context;
}
