using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Rights;
using CaseWorkflows.StudioApi.Static;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>One request for a page under /studio: who asks, and what every page is made of. Who has no right to Studio gets a 404.</summary>
internal sealed class StudioPageRequest
{
    public const string LanguageCookie = "studio-sprak";

    private StudioPageRequest(HttpContext http, RoutineAccess? access)
    {
        Http = http;
        Access = access ?? new RoutineAccess { PersonId = "", PersonName = "" };
        Store = http.RequestServices.GetRequiredService<IDefinitionStore>();
    }

    public HttpContext Http { get; }

    public RoutineAccess Access { get; }

    public IDefinitionStore Store { get; }

    public CancellationToken Aborted => Http.RequestAborted;

    public static async ValueTask<StudioPageRequest> BindAsync(HttpContext http) =>
        new(http, await http.RequestServices.GetRequiredService<IRoutineRights>().OfAsync(http));

    /// <summary>A page with one of Studio's elements.</summary>
    public async Task<IResult> ElementAsync(string title, StudioArea area, StudioRoutine? routine, StudioElement element, IReadOnlyList<StudioRun>? runs = null)
    {
        if (!Access.CanRead) return await MissingAsync();
        SecurityPolicy.Apply(Http.Response, studio: true);
        var offers = await Http.RequestServices.GetRequiredService<DescriptorCatalogue>().GetAsync(Access, Aborted);
        return new RazorComponentResult<ElementPage>(new { Model = await ModelAsync(title, area, routine) with { Runs = runs ?? [] }, Element = element, Offers = offers.ETag });
    }

    /// <summary>A page of our own; the component takes a <c>Model</c> besides the parameters given.</summary>
    public async Task<IResult> PageAsync<TPage>(string title, StudioRoutine? routine, IReadOnlyDictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        SecurityPolicy.Apply(Http.Response, studio: false);
        var all = new Dictionary<string, object?>(parameters) { ["Model"] = await ModelAsync(title, StudioArea.Routines, routine) };
        return new RazorComponentResult<TPage>(all) { StatusCode = status };
    }

    /// <summary>The page of one routine, when the person may see it; else it does not exist.</summary>
    public async Task<IResult> ForRoutineAsync(string definitionId, Func<StudioRoutine, Task<IResult>> page)
    {
        var routine = await RoutineAsync(definitionId);
        return routine is null ? await MissingAsync() : await page(routine);
    }

    public async Task<StudioRoutine?> RoutineAsync(string definitionId)
    {
        if (!Access.CanRead) return null;
        var latest = await Store.FindAsync(definitionId, VersionOptions.Latest, Aborted);
        return latest is null || !Access.CanReadRegion(latest.Version.Region) ? null
            : new(definitionId, latest.Version.Name) { Region = latest.Version.Region, CanEdit = Access.CanEdit(latest.Version.Region), CanPublish = Access.CanPublish(latest.Version.Region) };
    }

    public Task<IResult> MissingAsync() =>
        PageAsync<MessagePage>("Sidan finns inte", null, new Dictionary<string, object?>
        {
            [nameof(MessagePage.Heading)] = "Sidan finns inte",
            [nameof(MessagePage.Text)] = "Rutinen eller körningen finns inte, eller så har du inte behörighet att se den.",
        }, StatusCodes.Status404NotFound);

    private async Task<StudioPageModel> ModelAsync(string title, StudioArea area, StudioRoutine? routine)
    {
        var services = Http.RequestServices;
        var header = services.GetService<IStudioHeader>();
        return new()
        {
            Title = title,
            Area = area,
            Routine = routine,
            Header = header is null ? "" : await header.RenderAsync(Http),
            Files = services.GetRequiredService<OwnFiles>(),
            Package = services.GetRequiredService<StudioPackage>(),
            Path = Http.Request.Path + Http.Request.QueryString,
            English = Http.Request.Cookies[LanguageCookie] == "en",
            CanEdit = routine?.CanEdit ?? Access.CanEditAnything,
        };
    }
}
