using CaseWorkflows.StudioApi.Pages;
using CaseWorkflows.Web.Shell;

namespace CaseWorkflows.Host.Composition;

/// <summary>The routine pages wear the staff pages' header; the two know nothing of each other.</summary>
internal sealed class StudioHeader(PageHeader header) : IStudioHeader
{
    public Task<string> RenderAsync(HttpContext http) => header.RenderAsync(http, "studio");
}
