using Microsoft.AspNetCore.Http;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Shell;

/// <summary>Makes the frame of a request: who is signed in, where that person may go, what stands in the banner.</summary>
public sealed class PageFrames
{
    private readonly NavItem[] _navigation =
    [
        new("mine", T("nav.mine"), "/"),
        new("unit", T("nav.unit"), "/enhetens-uppgifter"),
        new("cases", T("nav.cases"), "/arenden"),
        new("register", T("nav.register"), "/arenden/nytt"),
        new("studio", T("nav.studio"), "/studio/workflows/definitions", Enhanced: false),
    ];

    public Task<PageFrame> CreateAsync(HttpContext http)
    {
        if (http.User.Identity?.IsAuthenticated != true) return Task.FromResult(new PageFrame { Flash = Flash.Take(http) });
        return Task.FromResult(new PageFrame
        {
            UserName = http.User.FindFirst("name")?.Value ?? http.User.FindFirst("sub")?.Value,
            Navigation = _navigation,
            Flash = Flash.Take(http),
        });
    }
}
