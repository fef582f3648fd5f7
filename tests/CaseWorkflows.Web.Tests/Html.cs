using System.Net;
using System.Text.RegularExpressions;
using CaseWorkflows.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaseWorkflows.Web.Tests;

/// <summary>Renders a component as the server does, and looks things up in the HTML.</summary>
internal static partial class Html
{
    public static async Task<string> RenderAsync<T>(object parameters) where T : IComponent
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var values = parameters.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(parameters));
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(values))).ToHtmlString());
    }

    /// <summary>The first tag with the attribute and value.</summary>
    public static string Tag(string html, string attribute, string value) =>
        Tags().Matches(html).Select(m => m.Value).First(t => Attribute(t, attribute) == value);

    public static IReadOnlyList<string> AllTags(string html, string name) =>
        [.. Tags().Matches(html).Select(m => m.Value).Where(t => t.StartsWith($"<{name} ", StringComparison.Ordinal) || t == $"<{name}>")];

    public static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{Regex.Escape(name)}(?:=\"([^\"]*)\")?(?=[\\s>/])") is { Success: true } m ? WebUtility.HtmlDecode(m.Groups[1].Value) : null;

    public static bool Has(string tag, string name) => Attribute(tag, name) is not null;

    public static string Text(string html) => WebUtility.HtmlDecode(Spaces().Replace(Tags().Replace(html, " "), " "));

    [GeneratedRegex("<[a-zA-Z/][^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
