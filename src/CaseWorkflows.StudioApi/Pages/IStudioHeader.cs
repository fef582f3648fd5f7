using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The header that all pages of the site share; the host knows who draws it.</summary>
public interface IStudioHeader
{
    /// <returns>Finished HTML, styled by /css/tokens.css and /css/header.css.</returns>
    Task<string> RenderAsync(HttpContext http);
}
