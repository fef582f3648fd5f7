using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CaseWorkflows.Web.Shell;

/// <summary>The header as HTML, for pages that are not made here (the routine pages).</summary>
public sealed class PageHeader(ILoggerFactory loggers, PageFrames frames)
{
    /// <param name="http">The request: who is signed in.</param>
    /// <param name="active">Key of the current <see cref="NavItem"/>, for instance "studio".</param>
    public async Task<string> RenderAsync(HttpContext http, string active)
    {
        var frame = await frames.CreateAsync(http);
        await using var renderer = new HtmlRenderer(http.RequestServices, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(Header.Frame)] = frame,
                [nameof(Header.Active)] = active,
            });
            return (await renderer.RenderComponentAsync<Header>(parameters)).ToHtmlString();
        });
    }
}
